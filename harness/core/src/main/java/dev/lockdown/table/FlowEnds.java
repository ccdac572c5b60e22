package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.InputException;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads an end of a flow as people type it: a pod or a workload (`shop/web`), `service:shop/api`, `load-balancer:shop/api`, an address,
/// `host:partner.example`, `node:node-1`, or `kubernetes-api`.
public final class FlowEnds {
    private static final String FORMS = "expected a pod or a workload such as shop/web, service:shop/api, load-balancer:shop/api, an "
        + "address, host:NAME, node:NAME or kubernetes-api";
    private static final String LOAD_BALANCER = "load-balancer:";
    private static final int SHOWN = 12;

    private final ClusterState state;
    private final Workloads workloads;
    private final String namespace;

    /// @param namespace of names that have none
    public FlowEnds(ClusterState state, Workloads workloads, String namespace) {
        this.state = state;
        this.workloads = workloads;
        this.namespace = namespace;
    }

    /// @param text what people call it
    /// @param endpoints all that it stands for
    public record End(String text, List<Endpoint> endpoints) {
        public End {
            endpoints = List.copyOf(endpoints);
        }

        boolean isIpv6() {
            return endpoints.getFirst() instanceof Endpoint.Host(var name) && name.contains(":");
        }

        /// The end with the number of its pods: `shop/web ×30`.
        @Override
        public String toString() {
            return endpoints.size() == 1 ? text : "%s ×%s".formatted(text, endpoints.size());
        }
    }

    /// @throws InputException if there is no such end, with the nearest that there is
    public End source(String text) {
        var end = parse(text);
        var first = end.endpoints().getFirst();
        if (first instanceof Endpoint.Service || first instanceof Endpoint.LoadBalancer)
            throw new InputException("%s opens no connections; name a pod or a workload behind it".formatted(first));
        return end;
    }

    /// @throws InputException if there is no such end, with the nearest that there is
    public End destination(String text) {
        return parse(text);
    }

    private End parse(String text) {
        if (text.isBlank()) throw new InputException("an end of the flow is empty; " + FORMS);
        if (text.equals("kubernetes-api") || text.toLowerCase(Locale.ROOT).equals("the kubernetes api"))
            return new End("kubernetes-api", List.of(new Endpoint.KubernetesApi()));
        if (address(text).isPresent()) return new End(text, List.of(new Endpoint.Host(text)));
        if (text.startsWith("host:") && text.length() > 5) return new End(text, List.of(new Endpoint.Host(text.substring(5))));
        if (text.startsWith("node:")) return node(text);
        if (text.startsWith("service:")) return service(text);
        if (text.startsWith(LOAD_BALANCER)) return loadBalancer(text);
        return pods(text);
    }

    private End node(String text) {
        var node = new Endpoint.Node(text.substring(5));
        if (!state.nodes().containsKey(node.name())) throw notThere(text, state.nodes().keySet().stream().map(n -> "node:" + n).toList());
        return new End(text, List.of(node));
    }

    private End service(String text) {
        var name = name(text.substring(8));
        if (!state.services().containsKey(name) && !name.equals(new NamespacedName("default", "kubernetes")))
            throw notThere("service:" + name, state.services().keySet().stream().map(s -> "service:" + s).toList());
        return new End("service:" + name, List.of(new Endpoint.Service(name)));
    }

    private End loadBalancer(String text) {
        var end = new Endpoint.LoadBalancer(name(text.substring(LOAD_BALANCER.length())));
        if (!(state.services().get(end.service()) instanceof Service service) || service.type() != Service.Type.LOAD_BALANCER)
            throw notThere(end.toString(), state.services().values().stream().filter(s -> s.type() == Service.Type.LOAD_BALANCER)
                .map(s -> LOAD_BALANCER + s.name()).toList());
        return new End(end.toString(), List.of(end));
    }

    private End pods(String text) {
        var name = name(text);
        if (state.pods().containsKey(name)) return new End(name.toString(), List.of(new Endpoint.Pod(name)));
        var replicas = workloads.named(name).stream().filter(state.pods()::containsKey).<Endpoint>map(Endpoint.Pod::new).toList();
        if (!replicas.isEmpty()) return new End(name.toString(), replicas);
        if (state.services().containsKey(name)) return new End("service:" + name, List.of(new Endpoint.Service(name)));
        var known = new ArrayList<String>();
        workloads.names().forEach(w -> known.add(w.toString()));
        state.pods().keySet().stream().filter(p -> workloads.of(p).isEmpty()).forEach(p -> known.add(p.toString()));
        state.services().keySet().forEach(s -> known.add("service:" + s));
        throw notThere(name.toString(), known);
    }

    private NamespacedName name(String text) {
        try {
            return text.contains("/") ? NamespacedName.parse(text) : new NamespacedName(namespace, text);
        } catch (IllegalArgumentException e) {
            throw new InputException("%s; %s".formatted(e.getMessage(), FORMS));
        }
    }

    private static InputException notThere(String text, List<String> known) {
        var near = NearestWord.of(text, known).map(k -> "did you mean %s? ".formatted(k)).orElse("");
        var sorted = known.stream().sorted(NaturalOrder.INSTANCE).toList();
        var shown = sorted.subList(0, Math.min(SHOWN, sorted.size()));
        return new InputException("there is no %s in the manifests; %sthere are: %s%s".formatted(text, near, String.join(", ", shown),
            sorted.size() > SHOWN ? " and %s more".formatted(sorted.size() - SHOWN) : ""));
    }

    /// The address that a text is, if it is one as the API takes them: no zone, no short forms of IPv4.
    private static Optional<InetAddress> address(String text) {
        if (!text.matches("[0-9a-fA-F.:]+") || text.contains("/")) return Optional.empty();
        try {
            return Optional.of(Cidr.parse(text + (text.contains(":") ? "/128" : "/32")).network());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The addresses of the ends that are addresses, and of declared machines.
    public static Map<Endpoint, List<InetAddress>> addresses(End end, List<ExternalHost> hosts) {
        if (!(end.endpoints().getFirst() instanceof Endpoint.Host host)) return Map.of();
        var literal = address(host.name());
        if (literal.isPresent()) return Map.of(host, List.of(literal.get()));
        var declared = hosts.stream().filter(h -> h.name().equals(host.name())).flatMap(h -> h.addresses().stream())
            .map(InetAddress::ofLiteral).toList();
        return declared.isEmpty() ? Map.of() : Map.of(host, declared);
    }
}

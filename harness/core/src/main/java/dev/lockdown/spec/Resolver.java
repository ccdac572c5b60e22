package dev.lockdown.spec;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.state.InputException;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.trial.LivenessPort;
import dev.lockdown.trial.ScenarioTrial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// Words to endpoints and ports, against what there is: a name that matches nothing fails and lists what exists.
final class Resolver {
    /// So many names are listed where one is wrong.
    private static final int MOST = 20;

    private final ScenarioTrial trial;
    private final Map<NamespacedName, Pod> waiting;

    Resolver(ScenarioTrial trial) {
        this(trial, Map.of());
    }

    /// @param waiting pods that are not there and may be named nevertheless
    Resolver(ScenarioTrial trial, Map<NamespacedName, Pod> waiting) {
        this.trial = trial;
        this.waiting = waiting;
    }

    private List<NamespacedName> pods() {
        return Stream.concat(trial.pods().stream(), waiting.keySet().stream()).distinct().toList();
    }

    List<Endpoint> endpoints(Peer peer) {
        return switch (peer) {
            case Peer.One(var endpoint) -> List.of(existing(endpoint));
            case Peer.Pods(var namespace, var labels) -> {
                if (namespace != null) require(namespace, trial.state().namespaces().keySet(), "namespace");
                var pods = pods().stream().filter(p -> namespace == null || p.namespace().equals(namespace))
                    .filter(p -> pod(p).labels().entrySet().containsAll(labels.entrySet())).<Endpoint>map(Endpoint.Pod::new).toList();
                if (pods.isEmpty())
                    throw InputException.missing("labels", String.join(", ", labels.entrySet().stream().map(Object::toString).toList()),
                        "no pod%s has the labels %s; there are: %s".formatted(
                            namespace == null ? "" : " of " + namespace, labels, described()));
                yield pods;
            }
            case Peer.NodeOf(var pod) -> List.of(new Endpoint.Node(pod(pod).node()));
        };
    }

    /// The questions of a peer's pods for a name, in the cluster's first family: whatever that is, the answers are the same.
    List<Probe> resolves(Peer from, String name, Probe.Transport transport) {
        var family = trial.capabilities().families().getFirst();
        return endpoints(from).stream().<Probe>map(e -> new Probe.Resolve(e, name, transport, family)).toList();
    }

    /// The datagrams that answer nothing, one from each UDP port that a sender serves.
    List<Probe> unasked(Peer from, Peer to, List<PortWord> words) {
        var probes = new ArrayList<Probe>();
        for (var source : endpoints(from))
            for (var destination : endpoints(to))
                for (var port : ports(source, words))
                    if (port.protocol() == Protocol.UDP)
                        for (var family : trial.capabilities().families())
                            probes.add(new Probe.Unasked(new Flow(source, destination, port, family)));
        if (probes.isEmpty()) throw new InputException("the sender serves no UDP port to send from; give it one, such as UDP/5353");
        return probes;
    }

    /// The one endpoint that a peer names.
    Endpoint one(Peer peer, String role) {
        var all = endpoints(peer);
        if (all.size() != 1) throw new InputException("%s must be one, not %s".formatted(role, all));
        return all.getFirst();
    }

    Pod pod(NamespacedName name) {
        var pod = trial.state().pods().getOrDefault(name, waiting.get(name));
        if (pod == null) throw missing("pod", name.toString(), pods());
        return pod;
    }

    Endpoint.Pod podEnd(Peer peer, String role) {
        if (one(peer, role) instanceof Endpoint.Pod pod) return pod;
        throw new InputException("%s must be a pod".formatted(role));
    }

    private Endpoint existing(Endpoint endpoint) {
        switch (endpoint) {
            case Endpoint.Pod(var name) -> pod(name);
            case Endpoint.Service(var name) -> require(name, trial.state().services().keySet(), "service");
            case Endpoint.LoadBalancer(var name) -> {
                require(name, trial.state().services().keySet(), "service");
                if (service(name).type() != Service.Type.LOAD_BALANCER)
                    throw new InputException("service %s has no load balancer; give it the type LoadBalancer".formatted(name));
            }
            case Endpoint.Node(var name) -> require(name, trial.state().nodes().keySet(), "node");
            case Endpoint.Host(var name) -> require(name, trial.state().hosts().keySet(), "host");
            case Endpoint.KubernetesApi _ -> {}
        }
        return endpoint;
    }

    private static void require(Object name, Collection<?> known, String kind) {
        if (!known.contains(name)) throw missing(kind, name.toString(), known);
    }

    static InputException missing(String kind, String name, Collection<?> known) {
        var names = known.stream().map(Object::toString).filter(n -> !n.startsWith(HarnessNamespaces.CANARY + "/"))
            .collect(Collectors.toCollection(TreeSet::new));
        return InputException.missing(kind, name, "there is no %s \"%s\"; %s %s: %s".formatted(kind, name,
            NearestWord.of(name, names).map("did you mean \"%s\"? There"::formatted).orElse("there"),
            names.size() == 1 ? "is" : "are", listed(names)));
    }

    private static String listed(Collection<String> names) {
        if (names.isEmpty()) return "none";
        if (names.size() <= MOST) return String.join(", ", names);
        return "%s and %s more".formatted(names.stream().limit(MOST).collect(Collectors.joining(", ")), names.size() - MOST);
    }

    private String described() {
        return listed(pods().stream().map(p -> p + " " + pod(p).labels()).toList());
    }

    /// The ports that the words mean at this destination.
    ///
    /// @throws InputException if the destination does not serve one of them
    List<Port> ports(Endpoint destination, List<PortWord> words) {
        var ports = new ArrayList<Port>();
        for (var word : words) ports.addAll(switch (word) {
            case PortWord.Every _ -> served(destination);
            case PortWord.Numbered(var port) -> List.of(checked(destination, port));
            case PortWord.Named(var protocol, var name) -> List.of(named(destination, protocol, name));
            case PortWord.Icmp _ -> List.<Port>of();
            case PortWord.Web web -> throw web.misplaced();
        });
        for (var port : ports)
            if (trial.capabilities().lacking().get(port.protocol()) instanceof String why)
                throw new TestAbortedException("%s cannot be probed here: %s".formatted(port, why));
        return ports;
    }

    private Port checked(Endpoint destination, Port port) {
        var served = served(destination);
        // Nodes and hosts given by address serve what they please.
        if (destination instanceof Endpoint.Node || served.contains(port)) return port;
        throw InputException.missing("port", port.toString(), "%s does not serve %s; it serves %s".formatted(destination, port,
            served.isEmpty() ? "nothing" : served.stream().map(Port::toString).collect(Collectors.joining(", "))));
    }

    List<Port> served(Endpoint destination) {
        return switch (dialled(destination)) {
            case Endpoint.Pod(var name) ->
                LivenessPort.served(pod(name));
            case Endpoint.Service(var name) -> service(name).ports().stream().map(Service.ServicePort::port).toList();
            case Endpoint.LoadBalancer(var name) -> service(name).ports().stream().map(Service.ServicePort::port).toList();
            case Endpoint.Host(var name) -> List.copyOf(Objects.requireNonNull(trial.state().hosts().get(name)).ports());
            case Endpoint.Node _ -> List.of();
            case Endpoint.KubernetesApi _ -> List.of(new Port(Protocol.TCP, 443));
        };
    }

    /// What clients dial under a name: for an alias (ExternalName) what it leads to.
    ///
    /// @throws InputException if it leads to nobody
    private Endpoint dialled(Endpoint destination) {
        var dialled = ServiceEndpoints.followed(trial.state(), destination);
        if (dialled.equals(destination)) return destination;
        boolean there = switch (dialled) {
            case Endpoint.Service(var name) -> trial.state().services().get(name) instanceof Service end && !end.isAlias();
            case Endpoint.Host(var name) -> trial.state().hosts().containsKey(name);
            case Endpoint.Pod _, Endpoint.LoadBalancer _, Endpoint.Node _, Endpoint.KubernetesApi _ -> true;
        };
        if (there) return dialled;
        throw new InputException(
            "%s is an alias (ExternalName) that leads to %s, which is not there; declare it%s".formatted(destination, dialled,
                dialled instanceof Endpoint.Host ? " with `Given the external hosts`" : ""));
    }

    private Service service(NamespacedName name) {
        return Objects.requireNonNull(trial.state().services().get(name));
    }

    private Port named(Endpoint destination, Protocol protocol, String name) {
        var found = switch (dialled(destination)) {
            case Endpoint.Pod(var pod) -> pod(pod).ports().stream().filter(c -> c.name().equals(name) && c.port().protocol() == protocol)
                .map(c -> c.port()).findFirst();
            case Endpoint.Service(var s) -> named(service(s), protocol, name);
            case Endpoint.LoadBalancer(var s) -> named(service(s), protocol, name);
            case Endpoint.Node _, Endpoint.Host _, Endpoint.KubernetesApi _ -> Optional.<Port>empty();
        };
        return found.orElseThrow(() -> InputException.missing("port", protocol + "/" + name,
            "%s has no port named \"%s\" for %s".formatted(destination, name, protocol)));
    }

    private static Optional<Port> named(Service service, Protocol protocol, String name) {
        return service.ports().stream().filter(p -> p.name().equals(name) && p.port().protocol() == protocol)
            .map(Service.ServicePort::port).findFirst();
    }

    /// The families of the cluster in which a destination has an address; a headless Service has those of its pods.
    List<Family> families(Endpoint destination) {
        var all = trial.capabilities().families();
        var dialled = dialled(destination);
        var own = trial.addresses().of(dialled);
        return own.isEmpty() ? all : all.stream().filter(f -> trial.addresses().of(dialled, f).isPresent()).toList();
    }

    /// Every probe from sources to destinations on the ports, in every family of the cluster, without those of a pod to itself where
    /// several are meant.
    List<Probe> reaches(Peer from, Peer to, List<PortWord> words, int fromPort) {
        var sources = endpoints(from);
        var destinations = endpoints(to);
        var probes = new ArrayList<Probe>();
        for (var source : sources)
            for (var destination : destinations) {
                if (source.equals(destination) && sources.size() * destinations.size() > 1) continue;
                probes.addAll(probes(source, destination, words, fromPort));
            }
        return probes;
    }

    /// Every probe from one end to another, in every family of the cluster.
    List<Probe> probes(Endpoint source, Endpoint destination, List<PortWord> words, int fromPort) {
        var probes = new ArrayList<Probe>();
        for (var port : ports(destination, words))
            for (var family : families(destination))
                probes.add(new Probe.Reach(new Flow(source, destination, port, family), fromPort));
        if (words.stream().noneMatch(PortWord.Icmp.class::isInstance)) return probes;
        if (fromPort != 0) throw new InputException("ICMP has no ports, so it cannot come from port %s".formatted(fromPort));
        if (destination instanceof Endpoint.Service || destination instanceof Endpoint.LoadBalancer
            || destination instanceof Endpoint.KubernetesApi)
            throw InputException.about("ICMP", "%s answers no ICMP; name a pod, a node or a host".formatted(destination));
        for (var family : families(destination)) probes.add(new Probe.Ping(source, destination, family));
        return probes;
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.dns.AddressQuery;
import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.outside.BalancerAddresses;
import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.cluster.kubernetes.outside.OwnHosts;
import dev.lockdown.cluster.kubernetes.system.HostNames;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plans probes in one state of the cluster: which agent dials, to which address, and what the two say to each other.
final class ProbePlanner {
    private static final String API_HOST = "kubernetes.default.svc";
    /// A question that any cluster's DNS answers: whether it answers at all is what a dial of it wants to know.
    private static final byte[] KNOWN_NAME = AddressQuery.of("kubernetes.default.svc.cluster.local", Family.IPV4);
    /// ICMP has no port, and a dial must name one.
    private static final int NO_PORT = 1;

    private final ClusterState state;
    private final Addresses addresses;
    private final AgentPods pods;
    private final NamespaceMapping mapping;
    private final Map<String, AgentPod> nodeAgents;
    private final Map<String, External> externals;
    private final OwnHosts hosts;
    private final HostNames names;
    private final BalancerAddresses balancers;
    private final Map<NamespacedName, Integer> turns = new HashMap<>();

    /// @param nodeAgents by the names that features use
    /// @param externals where external hosts are, by the names that features use
    /// @param hosts those that this machine stands for
    /// @param names of hosts that the cluster's DNS was taught
    ProbePlanner(ClusterState state, Addresses addresses, AgentPods pods, NamespaceMapping mapping, Map<String, AgentPod> nodeAgents,
            Map<String, External> externals, OwnHosts hosts, HostNames names, BalancerAddresses balancers) {
        this.state = state;
        this.addresses = addresses;
        this.pods = pods;
        this.mapping = mapping;
        this.nodeAgents = nodeAgents;
        this.externals = externals;
        this.hosts = hosts;
        this.names = names;
        this.balancers = balancers;
    }

    /// How a probe can be made.
    sealed interface Plan {
        record Possible(DialRequest dial) implements Plan {}

        record Impossible(String why) implements Plan {}
    }

    /// The agent that dials from an endpoint, or is dialled there.
    ///
    /// @return null where none of ours is
    @Nullable AgentLink agent(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Pod(var name) -> state.pods().containsKey(name) ? link(pods.get(name)) : null;
            case Endpoint.Node(var name) -> link(nodeAgents.get(name));
            case Endpoint.Host(var name) -> hosts.link(name);
            case Endpoint.Service _, Endpoint.LoadBalancer _, Endpoint.KubernetesApi _ -> null;
        };
    }

    private static @Nullable AgentLink link(@Nullable AgentPod pod) {
        return pod == null ? null : pod.link();
    }

    /// Why there is no agent.
    String missing(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Pod(var name) ->
                state.pods().containsKey(name) ? "no agent runs in %s, which is the cluster's own".formatted(name)
                    : "%s is not there".formatted(name);
            case Endpoint.Node(var name) -> "no agent runs on the node %s".formatted(name);
            case Endpoint.Host(var name) ->
                throw new UnsupportedException(KubernetesProvision.notOurs(name));
            case Endpoint.Service _, Endpoint.LoadBalancer _, Endpoint.KubernetesApi _ -> "%s dials nobody".formatted(endpoint);
        };
    }

    @Nullable InetAddress address(Endpoint endpoint, Family family) {
        return addresses.of(endpoint, family).orElse(null);
    }

    @Nullable InetAddress nameServer(Family family) {
        var service = DnsCache.asked(state);
        return addresses.of(service, family).or(() -> addresses.of(service).stream().findFirst()).orElse(null);
    }

    Plan plan(Probe.Reach asked) {
        var flow = ServiceEndpoints.followed(state, asked.flow());
        var probe = new Probe.Reach(flow, asked.fromPort());
        return switch (flow.destination()) {
            case Endpoint.Pod(var name) -> isDns(name, flow.port()) ? to(probe, new ExchangeSpec.Dns(KNOWN_NAME), flow.port().number())
                : to(probe, new ExchangeSpec.Echo(List.of(name.toString())), flow.port().number());
            case Endpoint.Service(var name) -> service(probe, name);
            case Endpoint.LoadBalancer(var name) -> service(probe, name);
            case Endpoint.Node(var name) -> node(probe, name);
            case Endpoint.Host(var name) -> host(probe, name);
            case Endpoint.KubernetesApi _ -> to(probe, new ExchangeSpec.Api(API_HOST), flow.port().number());
        };
    }

    Plan plan(Probe.Ping probe) {
        var target = address(probe.destination(), probe.family());
        if (target != null)
            return new Plan.Possible(new DialRequest(new ExchangeSpec.Ping(), Protocol.TCP, target.getHostAddress(), NO_PORT, 0));
        if (probe.destination() instanceof Endpoint.Host(var host)) throw new UnsupportedException(KubernetesProvision.unaddressed(host));
        return new Plan.Impossible("%s has no %s address".formatted(probe.destination(), probe.family()));
    }

    private Plan to(Probe.Reach probe, ExchangeSpec exchange, int port) {
        var flow = probe.flow();
        var address = address(flow.destination(), flow.family());
        if (address == null) HostsOutside.requireAddressed(List.of(probe), addresses, balancers);
        return address == null ? new Plan.Impossible("%s has no %s address".formatted(flow.destination(), flow.family()))
            : new Plan.Possible(new DialRequest(exchange, flow.port().protocol(), address.getHostAddress(), port, probe.fromPort()));
    }

    private Plan service(Probe.Reach probe, NamespacedName name) {
        if (name.equals(ClusterInfo.DNS)) return to(probe, new ExchangeSpec.Dns(KNOWN_NAME), probe.flow().port().number());
        var service = state.services().get(name);
        if (service == null) return new Plan.Impossible("%s is not there".formatted(name));
        if (!service.endpoints().isEmpty()) return given(probe, service);
        return service.type() == Service.Type.HEADLESS ? headless(probe, service)
            : toOneOf(probe, identities(service));
    }

    /// Behind one address, each attempt may get to another of them.
    private Plan toOneOf(Probe.Reach probe, List<String> answering) {
        return switch (to(probe, new ExchangeSpec.Echo(answering), probe.flow().port().number())) {
            case Plan.Possible(var dial) when answering.size() > 1 ->
                new Plan.Possible(new DialRequest(dial.exchange(), dial.protocol(), dial.to(), dial.port(), dial.fromPort(), true));
            case Plan plan -> plan;
        };
    }

    /// Endpoints that somebody wrote down: pods of ours say who they are, and of the others all that is seen is whether they accept.
    private Plan given(Probe.Reach probe, Service service) {
        var flow = probe.flow();
        var there = service.endpoints().stream().map(e -> InetAddress.ofLiteral(e.address())).filter(a -> Family.of(a) == flow.family())
            .distinct().toList();
        if (there.isEmpty()) return new Plan.Impossible("%s has no %s endpoint".formatted(service.name(), flow.family()));
        var ours = state.pods().keySet().stream().filter(p -> addresses.of(new Endpoint.Pod(p)).stream().anyMatch(there::contains))
            .map(NamespacedName::toString).toList();
        if (service.type() == Service.Type.HEADLESS) {
            var next = there.get(turns.merge(service.name(), 1, Integer::sum) % there.size());
            return new Plan.Possible(new DialRequest(ours.isEmpty() ? new ExchangeSpec.Connect() : new ExchangeSpec.Echo(ours),
                flow.port().protocol(), next.getHostAddress(), flow.port().number(), probe.fromPort()));
        }
        if (!ours.isEmpty()) return toOneOf(probe, ours);
        return flow.port().protocol() != Protocol.UDP ? to(probe, new ExchangeSpec.Connect(), flow.port().number())
            : new Plan.Impossible("nothing of ours answers for %s, and what others answer over %s is not known".formatted(service.name(),
                flow.port().protocol()));
    }

    private List<String> identities(Service service) {
        return ServiceEndpoints.pods(state, service).stream().map(p -> p.name().toString()).toList();
    }

    /// A headless Service has no address: its name gives its pods', of which a client takes one; here each in its turn.
    private Plan headless(Probe.Reach probe, Service service) {
        var backends = ServiceEndpoints.pods(state, service);
        if (backends.isEmpty()) return new Plan.Impossible("%s has no endpoints".formatted(service.name()));
        var pod = backends.get(turns.merge(service.name(), 1, Integer::sum) % backends.size());
        var address = address(new Endpoint.Pod(pod.name()), probe.flow().family());
        var port = service.ports().stream().filter(p -> p.port().equals(probe.flow().port())).findFirst()
            .map(p -> ServiceEndpoints.target(pod, p)).orElse(OptionalInt.empty());
        if (address == null || port.isEmpty())
            return new Plan.Impossible(
                "%s has no %s address that serves %s".formatted(pod.name(), probe.flow().family(), probe.flow().port()));
        return new Plan.Possible(
            new DialRequest(new ExchangeSpec.Echo(List.of(pod.name().toString())), probe.flow().port().protocol(), address.getHostAddress(),
                port.getAsInt(), probe.fromPort()));
    }

    /// A node port, or a pod on the host's network; whatever else answers is the node's own.
    private Plan node(Probe.Reach probe, String name) {
        var port = probe.flow().port();
        if (!ServiceEndpoints.ofHostPort(state, name, port).isEmpty())
            throw new UnsupportedException(
                "the host port %s of %s is opened on the embedded cluster alone: on the nodes of others somebody may need it".formatted(
                    port,
                    name));
        var own = state.services().values().stream()
            .filter(s -> s.ports().stream().anyMatch(p -> ServiceEndpoints.isNodePort(p, port))).flatMap(s -> identities(s).stream());
        var guests = state.pods().values().stream().filter(p -> p.hostNetwork() && p.node().equals(name))
            .filter(p -> p.ports().stream().anyMatch(c -> c.port().equals(port))).map(p -> p.name().toString());
        var answering = Stream.concat(own, guests).toList();
        if (answering.isEmpty() && port.protocol() == Protocol.UDP)
            return new Plan.Impossible("nothing of ours serves %s on %s".formatted(port, name));
        return answering.isEmpty() ? to(probe, new ExchangeSpec.Connect(), port.number()) : toOneOf(probe, answering);
    }

    private Plan host(Probe.Reach probe, String name) {
        if (DnsCache.is(probe.flow().destination())) return to(probe, new ExchangeSpec.Dns(KNOWN_NAME), probe.flow().port().number());
        return switch (externals.get(name)) {
            case null -> throw new UnsupportedException(KubernetesProvision.unaddressed(name));
            case External.Self _ ->
                to(probe, new ExchangeSpec.Echo(List.of(probe.flow().destination().toString())), probe.flow().port().number());
            case External.Elsewhere _ when probe.flow().port().protocol() == Protocol.UDP ->
                new Plan.Impossible("an external host that is not ours cannot be dialled over UDP: what it answers is not known");
            case External.Elsewhere(_, var port) ->
                to(probe, new ExchangeSpec.Connect(), port == 0 ? probe.flow().port().number() : port);
        };
    }

    private boolean isDns(NamespacedName name, Port port) {
        return pods.get(name) == null && name.namespace().equals(ClusterInfo.DNS.namespace()) && port.number() == 53;
    }

    /// Whether one of its ends is a pod that is not there.
    boolean isAbsent(Flow flow) {
        return Stream.of(flow.source(), flow.destination())
            .anyMatch(e -> e instanceof Endpoint.Pod(var name) && !state.pods().containsKey(name));
    }

    /// The agents of which any may answer a flow; none where others do.
    List<AgentLink> answering(Flow flow) {
        var followed = ServiceEndpoints.followed(state, flow);
        var there = switch (followed.destination()) {
            case Endpoint.Pod(var name) -> Stream.of(link(pods.get(name)));
            case Endpoint.Service(var name) when state.services().get(name) instanceof Service service && isAgent(followed) ->
                ServiceEndpoints.pods(state, service).stream().map(p -> link(pods.get(p.name())));
            case Endpoint.Host(var name) -> Stream.of(hosts.link(name));
            case Endpoint.Service _, Endpoint.LoadBalancer _, Endpoint.Node _, Endpoint.KubernetesApi _ -> Stream.<AgentLink>empty();
        };
        return there.filter(Objects::nonNull).toList();
    }

    /// An agent that may serve a flow, and on which of its ports.
    record Serving(AgentLink link, int port) {}

    /// The agents of which any may be at the far end of a flow; none where others are.
    List<Serving> serving(Flow flow) {
        var followed = ServiceEndpoints.followed(state, flow);
        return switch (followed.destination()) {
            case Endpoint.Pod(var name) -> serving(name, followed.port().number()).stream().toList();
            case Endpoint.Service(var name) when state.services().get(name) instanceof Service service && isAgent(followed) ->
                service.ports().stream().filter(p -> p.port().equals(followed.port()))
                    .flatMap(p -> ServiceEndpoints.pods(state, service).stream()
                        .flatMap(
                            pod -> ServiceEndpoints.target(pod, p).stream().boxed().flatMap(port -> serving(pod.name(), port).stream())))
                    .toList();
            case Endpoint.Host(var name) -> Stream.ofNullable(hosts.link(name)).map(l -> new Serving(l, followed.port().number())).toList();
            case Endpoint.Service _, Endpoint.LoadBalancer _, Endpoint.Node _, Endpoint.KubernetesApi _ -> List.of();
        };
    }

    private Optional<Serving> serving(NamespacedName pod, int port) {
        return Optional.ofNullable(pods.get(pod)).map(p -> new Serving(p.link(), port));
    }

    /// Whether an agent of ours answers, so that it says who it is.
    boolean isAgent(Flow flow) {
        return switch (ServiceEndpoints.followed(state, flow).destination()) {
            case Endpoint.Pod(var name) -> pods.get(name) != null;
            case Endpoint.Service(var name) -> !name.equals(ClusterInfo.DNS)
                && !(state.services().get(name) instanceof Service service && !service.endpoints().isEmpty());
            case Endpoint.Node _, Endpoint.LoadBalancer _ -> true;
            case Endpoint.Host(var name) -> hosts.isOurs(name);
            case Endpoint.KubernetesApi _ -> false;
        };
    }

    /// Whether a name is that of an external host, which only features know.
    boolean isAlias(String name) {
        return state.hosts().containsKey(name) && !names.knows(name);
    }

    NamespaceMapping mapping() {
        return mapping;
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.Order.Errand;
import dev.lockdown.pod.Order.Speech;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is where in one state of the cluster.
///
/// @param troupe the pods' agents
/// @param nodeAgents by the names that features use
final class Whereabouts implements Questions.Directory {
    private static final String API_HOST = "kubernetes.default.svc";
    /// The one name that every cluster's DNS knows.
    private static final byte[] KNOWN_NAME = WellKnownName.query();

    private final ClusterState state;
    private final Addresses addresses;
    private final Troupe troupe;
    private final Map<String, AgentPod> nodeAgents;
    private final Map<String, Settings.External> externals;
    private final Map<NamespacedName, Integer> turns = new HashMap<>();

    Whereabouts(ClusterState state, Addresses addresses, Troupe troupe, Map<String, AgentPod> nodeAgents,
            Map<String, Settings.External> externals) {
        this.state = state;
        this.addresses = addresses;
        this.troupe = troupe;
        this.nodeAgents = nodeAgents;
        this.externals = externals;
    }

    @Override
    public @Nullable AgentLink agent(Endpoint endpoint) {
        var pod = switch (endpoint) {
            case Endpoint.Pod(var name) -> state.pods().containsKey(name) ? troupe.get(name) : null;
            case Endpoint.Node(var name) -> nodeAgents.get(name);
            case Endpoint.Service _, Endpoint.Host _, Endpoint.KubernetesApi _ -> null;
        };
        return pod == null ? null : pod.link();
    }

    @Override
    public String missing(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Pod(var name) ->
                state.pods().containsKey(name) ? "no agent runs in %s, which is the cluster's own".formatted(name)
                    : "%s is not there".formatted(name);
            case Endpoint.Node(var name) -> "no agent runs on the node %s".formatted(name);
            case Endpoint.Host(var name) ->
                throw new UnsupportedException("nothing can be dialled from the external host %s, which is not ours".formatted(name));
            case Endpoint.Service _, Endpoint.KubernetesApi _ -> "%s dials nobody".formatted(endpoint);
        };
    }

    @Override
    public @Nullable InetAddress address(Endpoint endpoint, Family family) {
        return addresses.of(endpoint, family).orElse(null);
    }

    @Override
    public @Nullable InetAddress nameServer(Family family) {
        var service = new Endpoint.Service(Landscape.DNS);
        return addresses.of(service, family).or(() -> addresses.of(service).stream().findFirst()).orElse(null);
    }

    @Override
    public Way errand(Probe.Reach probe) {
        var flow = probe.flow();
        if (flow.port().protocol() == Protocol.SCTP) return new Way.None("this agent has no SCTP");
        return switch (flow.destination()) {
            case Endpoint.Pod(var name) -> isDns(name, flow.port()) ? to(probe, new Speech.Dns(KNOWN_NAME), flow.port().number())
                : to(probe, new Speech.Echo(List.of(name.toString())), flow.port().number());
            case Endpoint.Service(var name) -> service(probe, name);
            case Endpoint.Node(var name) -> node(probe, name);
            case Endpoint.Host(var name) -> host(probe, name);
            case Endpoint.KubernetesApi _ -> to(probe, new Speech.Api(API_HOST), flow.port().number());
        };
    }

    private Way to(Probe.Reach probe, Speech speech, int port) {
        var flow = probe.flow();
        var address = address(flow.destination(), flow.family());
        return address == null ? new Way.None("%s has no %s address".formatted(flow.destination(), flow.family()))
            : new Way.To(new Errand(speech, flow.port().protocol(), address.getHostAddress(), port, probe.fromPort()));
    }

    private Way service(Probe.Reach probe, NamespacedName name) {
        if (name.equals(Landscape.DNS)) return to(probe, new Speech.Dns(KNOWN_NAME), probe.flow().port().number());
        var service = state.services().get(name);
        if (service == null) return new Way.None("%s is not there".formatted(name));
        return service.type() == Service.Type.HEADLESS ? headless(probe, service)
            : toOneOf(probe, identities(service));
    }

    /// Behind one address, each attempt may get to another of them.
    private Way toOneOf(Probe.Reach probe, List<String> answering) {
        return switch (to(probe, new Speech.Echo(answering), probe.flow().port().number())) {
            case Way.To(var errand) when answering.size() > 1 ->
                new Way.To(new Errand(errand.speech(), errand.protocol(), errand.to(), errand.port(), errand.fromPort(), true));
            case Way way -> way;
        };
    }

    private List<String> identities(Service service) {
        return backends(service).stream().map(p -> p.name().toString()).toList();
    }

    /// A headless Service has no address: its name gives its pods', of which a client takes one; here each in its turn.
    private Way headless(Probe.Reach probe, Service service) {
        var backends = backends(service);
        if (backends.isEmpty()) return new Way.None("%s has no endpoints".formatted(service.name()));
        var pod = backends.get(turns.merge(service.name(), 1, Integer::sum) % backends.size());
        var address = address(new Endpoint.Pod(pod.name()), probe.flow().family());
        var port = target(service, pod, probe.flow().port()).findFirst();
        if (address == null || port.isEmpty())
            return new Way.None("%s has no %s address that serves %s".formatted(pod.name(), probe.flow().family(), probe.flow().port()));
        return new Way.To(
            new Errand(new Speech.Echo(List.of(pod.name().toString())), probe.flow().port().protocol(), address.getHostAddress(),
                port.get(), probe.fromPort()));
    }

    private static Stream<Integer> target(Service service, Pod pod, Port port) {
        return service.ports().stream().filter(p -> p.port().equals(port)).flatMap(p -> switch (p.target()) {
            case Service.TargetPort.Number(var number) -> Stream.of(number);
            case Service.TargetPort.Name(var name) -> pod.ports().stream()
                .filter(c -> c.name().equals(name) && c.port().protocol() == port.protocol()).map(c -> c.port().number());
        });
    }

    private List<Pod> backends(Service service) {
        if (service.selector().isEmpty()) return List.of();
        return state.pods().values().stream().filter(p -> p.name().namespace().equals(service.name().namespace()))
            .filter(p -> p.labels().entrySet().containsAll(service.selector().entrySet())).toList();
    }

    /// A node port, or a pod on the host's network; whatever else answers is the node's own.
    private Way node(Probe.Reach probe, String name) {
        var port = probe.flow().port();
        var own = state.services().values().stream().filter(s -> s.ports().stream()
            .anyMatch(p -> p.nodePort() == port.number() && p.port().protocol() == port.protocol())).flatMap(s -> identities(s).stream());
        var guests = state.pods().values().stream().filter(p -> p.hostNetwork() && p.node().equals(name))
            .filter(p -> p.ports().stream().anyMatch(c -> c.port().equals(port))).map(p -> p.name().toString());
        var answering = Stream.concat(own, guests).toList();
        if (answering.isEmpty() && port.protocol() != Protocol.TCP)
            return new Way.None("nothing of ours serves %s on %s".formatted(port, name));
        return answering.isEmpty() ? to(probe, new Speech.Connect(), port.number()) : toOneOf(probe, answering);
    }

    private Way host(Probe.Reach probe, String name) {
        var external = externals.get(name);
        if (external == null) throw unknown(probe.flow().destination());
        if (probe.flow().port().protocol() != Protocol.TCP) return new Way.None("an external host can be dialled over TCP only");
        return to(probe, new Speech.Connect(), external.port() == 0 ? probe.flow().port().number() : external.port());
    }

    static UnsupportedException unknown(Endpoint host) {
        var name = host instanceof Endpoint.Host(var known) ? known : host.toString();
        return new UnsupportedException(
            "the external host %s has no address here; give one with --external %s=ADDRESS:PORT".formatted(name, name));
    }

    private boolean isDns(NamespacedName name, Port port) {
        return troupe.get(name) == null && name.namespace().equals(Landscape.DNS.namespace()) && port.number() == 53;
    }

    @Override
    public boolean isAgent(Flow flow) {
        return switch (flow.destination()) {
            case Endpoint.Pod(var name) -> troupe.get(name) != null;
            case Endpoint.Service(var name) -> !name.equals(Landscape.DNS);
            case Endpoint.Node _ -> true;
            case Endpoint.Host _, Endpoint.KubernetesApi _ -> false;
        };
    }

    @Override
    public boolean isAlias(String name) {
        return state.hosts().containsKey(name);
    }

    @Override
    public Names names() {
        return troupe.names();
    }
}

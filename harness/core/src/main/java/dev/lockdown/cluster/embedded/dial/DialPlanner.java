package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.state.DnsCache;
import java.time.Duration;
import dev.lockdown.state.Pod;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.cluster.embedded.proxy.Backends;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.Exchange;
import dev.lockdown.probe.HandOver;
import dev.lockdown.probe.RawExchange;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns probes into planned dials, and what came of them into observations.
public final class DialPlanner {
    private final ClusterState state;
    private final Addresses addresses;
    private final NetworkEndpoints networkEndpoints;
    private final DnsLookups names;
    private final ApiCalls api;
    private final Map<InetAddress, List<NetworkEndpoint>> pods = new HashMap<>();
    private final Map<Flow, Integer> turns = new HashMap<>();
    private @Nullable Backends backends;

    public DialPlanner(ClusterState state, Addresses addresses, NetworkEndpoints networkEndpoints, DnsLookups names, ApiCalls api) {
        this.state = state;
        this.addresses = addresses;
        this.networkEndpoints = networkEndpoints;
        this.names = names;
        this.api = api;
    }

    /// What a probe needs: one dial, several one after another, or nothing because it cannot be made.
    public sealed interface Plan {
        /// @param expected who may answer
        record Once(PlannedDial dial, Set<String> expected) implements Plan {}

        record Resolve(Probe.Resolve probe, NetworkEndpoint source) implements Plan {}

        record Impossible(Probe probe, Outcome.ProbeFailed because) implements Plan {}
    }

    /// Whether the pods that a flow goes between are there.
    public boolean isThere(Flow flow) {
        return Stream.of(flow.source(), flow.destination())
            .allMatch(end -> !(end instanceof Endpoint.Pod) || networkEndpoints.get(end) != null);
    }

    public Plan plan(Probe probe, int payload) {
        var source = networkEndpoints.get(probe.source());
        if (source == null) return impossible(probe, "%s is not there".formatted(probe.source()));
        return switch (probe) {
            case Probe.Reach reach -> reach(reach, source, payload);
            case Probe.Resolve resolve -> new Plan.Resolve(resolve, source);
            case Probe.Unasked unasked -> unasked(unasked, source);
            case Probe.Ping ping -> ping(ping, source);
        };
    }

    /// Plan samples of a flow. What a page or a name is asked for with is the caller's.
    public Plan plan(WatchedFlow watched) {
        var probe = Probe.Reach.of(watched.flow());
        var source = networkEndpoints.get(probe.source());
        if (source == null) return impossible(probe, "%s is not there".formatted(probe.source()));
        return switch (watched) {
            case Flow _, WatchedFlow.Http _ -> reach(probe, source, 0);
            case WatchedFlow.Lookup lookup -> new Plan.Once(new PlannedDial.To(probe, source, Protocol.UDP, names.server(), 0,
                DnsExchange.whoAreYou(false), answering(lookup.flow())), Set.of());
        };
    }

    private Plan reach(Probe.Reach probe, NetworkEndpoint source, int payload) {
        var flow = ServiceEndpoints.followed(state, probe.flow());
        var lacking = KernelProtocols.lacking().get(flow.port().protocol());
        if (lacking != null) return impossible(probe, lacking);
        var answering = headless(flow) ? oneInTurn(flow, answering(flow)) : answering(flow);
        var target = target(flow, answering);
        if (target == null) return impossible(probe, "%s has no %s address".formatted(flow.destination(), flow.family()));
        var expected = new HashSet<String>();
        answering.forEach(l -> expected.add(l.networkEndpoint().agent().identity()));
        return new Plan.Once(
            new PlannedDial.To(probe, source, flow.port().protocol(), target, probe.fromPort(), exchange(flow, expected, payload),
                isApi(flow) ? List.of() : answering),
            expected);
    }

    private boolean headless(Flow flow) {
        return flow.destination() instanceof Endpoint.Service(var name) && state.services().get(name) instanceof Service service
            && service.type() == Service.Type.HEADLESS;
    }

    /// The name of a headless Service gives all of its pods, and who dials takes one; so each of several dials takes the next. Its port is
    /// nobody's to translate.
    private List<PlannedDial.Listener> oneInTurn(Flow flow, List<PlannedDial.Listener> pods) {
        if (pods.isEmpty()) return pods;
        int turn = turns.merge(flow, 1, Integer::sum) - 1;
        return List.of(new PlannedDial.Listener(pods.get(turn % pods.size()).networkEndpoint(), flow.port()));
    }

    private @Nullable InetSocketAddress target(Flow flow, List<PlannedDial.Listener> answering) {
        if (flow.destination() instanceof Endpoint.Pod && !answering.isEmpty()) {
            var own = answering.getFirst().networkEndpoint().addresses().get(flow.family());
            return own == null ? null : new InetSocketAddress(own, flow.port().number());
        }
        var own = addresses.of(flow.destination(), flow.family());
        if (own.isPresent()) return new InetSocketAddress(own.get(), flow.port().number());
        // A headless Service has no address of its own: its name gives those of its pods.
        if (!(flow.destination() instanceof Endpoint.Service) || answering.isEmpty()) return null;
        var first = answering.getFirst();
        return new InetSocketAddress(first.networkEndpoint().address(flow.family()), first.port().number());
    }

    private static boolean isApi(Flow flow) {
        return flow.destination() instanceof Endpoint.KubernetesApi;
    }

    private Exchange exchange(Flow flow, Set<String> expected, int payload) {
        if (isApi(flow)) return new HandOver();
        if (dns(flow)) return DnsExchange.whoAreYou(flow.port().protocol() == Protocol.TCP);
        return Echo.of(expected, payload);
    }

    private boolean dns(Flow flow) {
        return switch (flow.destination()) {
            case Endpoint.Service(var name) -> name.equals(SystemObjects.DNS) && flow.port().number() == 53;
            case Endpoint.Pod(var name) ->
                flow.port().number() == 53 && pod(name) instanceof Pod pod && SystemObjects.servesDns(pod);
            case Endpoint.Host host -> DnsCache.is(host);
            case Endpoint.LoadBalancer _, Endpoint.Node _, Endpoint.KubernetesApi _ -> false;
        };
    }

    private @Nullable Pod pod(NamespacedName name) {
        return state.pods().get(name);
    }

    /// Who may get to answer, after any translation of the Service's address.
    private List<PlannedDial.Listener> answering(Flow flow) {
        return switch (flow.destination()) {
            case Endpoint.Service(var name) -> backends(name, flow);
            case Endpoint.LoadBalancer(var name) -> backends(name, flow);
            case Endpoint.KubernetesApi api -> List.of();
            case Endpoint.Node _ when onNodePort(flow) instanceof Flow behind
                && behind.destination() instanceof Endpoint.Service(var name) -> backends(name, behind);
            case Endpoint.Node(var node) when !ServiceEndpoints.ofHostPort(state, node, flow.port()).isEmpty() -> onHostPort(node, flow);
            case Endpoint.Pod _, Endpoint.Node _, Endpoint.Host _ -> {
                var networkEndpoint = networkEndpoints.get(flow.destination());
                yield networkEndpoint == null ? List.of() : List.of(new PlannedDial.Listener(networkEndpoint, flow.port()));
            }
        };
    }

    private List<PlannedDial.Listener> onHostPort(String node, Flow flow) {
        var listeners = new ArrayList<PlannedDial.Listener>();
        for (var behind : ServiceEndpoints.ofHostPort(state, node, flow.port()))
            if (networkEndpoints.get(new Endpoint.Pod(behind.pod().name())) instanceof NetworkEndpoint pod)
                listeners.add(new PlannedDial.Listener(pod, behind.port()));
        return listeners;
    }

    /// The same flow to the Service that has this port of the nodes, or null where none has.
    private @Nullable Flow onNodePort(Flow flow) {
        for (var service : state.services().values())
            for (var port : service.ports())
                if (port.nodePort() == flow.port().number() && port.port().protocol() == flow.port().protocol())
                    return new Flow(flow.source(), new Endpoint.Service(service.name()), port.port(), flow.family());
        return null;
    }

    private List<PlannedDial.Listener> backends(NamespacedName name, Flow flow) {
        var service = state.services().get(name);
        if (service == null) return List.of();
        var listeners = new ArrayList<PlannedDial.Listener>();
        for (var port : service.ports()) {
            if (!port.port().equals(flow.port())) continue;
            for (var backend : backends().of(service, port, flow.family())) {
                for (var networkEndpoint : pods.getOrDefault(backend.address(), List.of()))
                    listeners.add(new PlannedDial.Listener(networkEndpoint, new Port(flow.port().protocol(), backend.port())));
            }
        }
        return listeners;
    }

    /// Made when the first Service is dialled, for all dials to come.
    private Backends backends() {
        if (backends != null) return backends;
        for (var pod : state.pods().keySet()) {
            var end = new Endpoint.Pod(pod);
            var networkEndpoint = networkEndpoints.get(end);
            if (networkEndpoint == null) continue;
            // Pods of the host's network share their node's address.
            for (var address : addresses.of(end)) pods.computeIfAbsent(address, _ -> new ArrayList<>()).add(networkEndpoint);
        }
        // A Service without a selector may have endpoints outside.
        for (var host : state.hosts().keySet())
            if (networkEndpoints.get(new Endpoint.Host(host)) instanceof NetworkEndpoint outside)
                addresses.of(new Endpoint.Host(host)).forEach(a -> pods.computeIfAbsent(a, _ -> new ArrayList<>()).add(outside));
        return backends = new Backends(state.pods().values(), addresses, Map.of());
    }

    private Plan unasked(Probe.Unasked probe, NetworkEndpoint source) {
        var destination = networkEndpoints.get(probe.flow().destination());
        if (destination == null) return impossible(probe, "%s is not there".formatted(probe.flow().destination()));
        return new Plan.Once(new PlannedDial.Unasked(probe, source, probe.flow().port().number(), destination), Set.of());
    }

    private Plan ping(Probe.Ping probe, NetworkEndpoint source) {
        var networkEndpoint = networkEndpoints.get(probe.destination());
        var target = networkEndpoint == null ? null : networkEndpoint.addresses().get(probe.family());
        if (target == null) return impossible(probe, "%s has no %s address".formatted(probe.destination(), probe.family()));
        return new Plan.Once(new PlannedDial.Ping(probe, source, target), Set.of());
    }

    private static Plan impossible(Probe probe, String why) {
        return new Plan.Impossible(probe, new Outcome.ProbeFailed(why));
    }

    /// Finish what was seen of a dial: who answered, and TLS where the connection was handed over.
    public Observation finish(Plan.Once plan, Observation seen) {
        if (!(plan.dial() instanceof PlannedDial.To to) || !(seen.outcome() instanceof Outcome.Connected connected)) return seen;
        var outcome = switch (to.exchange()) {
            case Echo _ -> connected;
            case HandOver handOver -> api.speak(handOver, to.source());
            case RawExchange raw -> identified(raw, connected, to.protocol() == Protocol.TCP, plan.expected());
        };
        return outcome == connected ? seen : new Observation(seen.probe(), outcome, seen.at(), seen.drops());
    }

    private static Outcome identified(RawExchange raw, Outcome.Connected connected, boolean tcp, Set<String> expected) {
        var answer = raw.answer();
        return answer == null ? connected : DnsExchange.identified(connected, answer, tcp, expected);
    }

    public Observation resolve(Plan.Resolve plan, Duration deadline) {
        return names.resolve(plan.probe(), plan.source(), deadline,
            answering(new Flow(plan.probe().source(), DnsCache.asked(state),
                new Port(Protocol.UDP, 53), plan.probe().family())));
    }
}

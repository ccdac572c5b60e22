package dev.lockdown.rules;

import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.verdict.Cell;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The two ends of a flow, as nodes know them.
///
/// @param sourcePod null where the source is no pod
/// @param destinationPod null where the destination is none
/// @param port at the destination; null where there is none
record FlowEnds(InetAddress from, InetAddress to, @Nullable Pod sourcePod, @Nullable Pod destinationPod, @Nullable Port port) {
    /// More backends of a Service hardly say more.
    private static final int BACKENDS = 2;

    /// Give the ends of a cell's flow, several where it is to a Service; none where addresses are not known.
    static List<FlowEnds> of(Cell cell, ClusterState state, Addresses addresses) {
        return switch (cell.question().probe()) {
            case Probe.Reach(var flow, _) -> of(ServiceEndpoints.followed(state, flow), state, addresses);
            case Probe.Resolve _ -> cell.reasons() == null ? List.of() : of(cell.reasons().flow(), state, addresses);
            case Probe.Ping(var source, var destination, var family) ->
                between(source, destination, null, family, state, addresses).toList();
            case Probe.Unasked(var flow) ->
                between(flow.source(), flow.destination(), null, flow.family(), state, addresses).toList();
        };
    }

    private static List<FlowEnds> of(Flow flow, ClusterState state, Addresses addresses) {
        var behind = switch (flow.destination()) {
            case Endpoint.Service(var name) -> ServiceEndpoints.of(state, name, flow.port());
            case Endpoint.LoadBalancer(var service) -> ServiceEndpoints.of(state, service, flow.port());
            case Endpoint.Node _ -> ServiceEndpoints.ofNodePort(state, flow.port());
            case Endpoint.Pod _, Endpoint.Host _, Endpoint.KubernetesApi _ -> List.<ServiceEndpoints.ServiceEndpoint>of();
        };
        if (behind.isEmpty()) return between(flow.source(), flow.destination(), flow.port(), flow.family(), state, addresses).toList();
        return behind.stream().limit(BACKENDS)
            .flatMap(b -> between(flow.source(), new Endpoint.Pod(b.pod().name()), b.port(), flow.family(), state, addresses)).toList();
    }

    private static Stream<FlowEnds> between(Endpoint source, Endpoint destination, @Nullable Port port, Family family, ClusterState state,
            Addresses addresses) {
        var from = addresses.of(source, family);
        var to = destination instanceof Endpoint.KubernetesApi && !addresses.apiServers().isEmpty()
            ? Optional.of(addresses.apiServers().getFirst().address()) : addresses.of(destination, family);
        if (from.isEmpty() || to.isEmpty()) return Stream.of();
        return Stream.of(new FlowEnds(from.get(), to.get(), pod(source, state), pod(destination, state), port));
    }

    private static @Nullable Pod pod(Endpoint end, ClusterState state) {
        return end instanceof Endpoint.Pod(var name) ? state.pods().get(name) : null;
    }

    List<String> nodes() {
        return Stream.of(sourcePod, destinationPod).filter(Objects::nonNull).map(Pod::node).filter(n -> !n.isEmpty()).distinct().toList();
    }

    DifferingFlow asked() {
        return new DifferingFlow(from, to, nodes());
    }

    boolean isSourceOn(String node) {
        return sourcePod != null && sourcePod.node().equals(node);
    }

    boolean isDestinationOn(String node) {
        return destinationPod != null && destinationPod.node().equals(node);
    }

    /// As a node sees its packets.
    Packet on(String node, Interfaces interfaces) {
        return new Packet(from, to, port, isSourceOn(node) ? interfaces.of(from, sourcePod) : "",
            isDestinationOn(node) ? interfaces.of(to, destinationPod) : "", sourcePod == null || sourcePod.hostNetwork(),
            destinationPod != null && destinationPod.hostNetwork());
    }
}

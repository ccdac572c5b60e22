package dev.lockdown.verdict.known;

import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.stream.Stream;

/// Named ports as they are read wrongly.
final class NamedPorts {
    private NamedPorts() {}

    /// Give the ports with each name replaced by all numbers that pods of a namespace give it.
    static List<PolicyPort> inNamespace(List<PolicyPort> ports, String namespace, ClusterState state) {
        return ports.stream().flatMap(port -> switch (port) {
            case PolicyPort.Named(var protocol, var name) ->
                numbers(pods(state).filter(p -> p.name().namespace().equals(namespace)), protocol, name).stream()
                    .map(n -> (PolicyPort) new PolicyPort.Range(protocol, n, n));
            case PolicyPort.Any _, PolicyPort.Range _ -> Stream.of(port);
        }).toList();
    }

    /// Give the ports without the names that pods of the cluster give several numbers.
    static List<PolicyPort> ofOneNumber(List<PolicyPort> ports, ClusterState state) {
        return ports.stream().filter(port -> switch (port) {
            case PolicyPort.Named(var protocol, var name) -> numbers(pods(state), protocol, name).size() < 2;
            case PolicyPort.Any _, PolicyPort.Range _ -> true;
        }).toList();
    }

    private static Stream<Pod> pods(ClusterState state) {
        return state.pods().values().stream();
    }

    private static List<Integer> numbers(Stream<Pod> pods, Protocol protocol, String name) {
        return pods.flatMap(p -> p.ports().stream()).filter(p -> p.port().protocol() == protocol && p.name().equals(name))
            .map(p -> p.port().number()).distinct().toList();
    }
}

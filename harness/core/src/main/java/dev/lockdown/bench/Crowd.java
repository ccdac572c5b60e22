package dev.lockdown.bench;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// So many pods of one namespace, all alike: two TCP ports and a UDP port each, a label of its own and one that all have.
record Crowd(int pods) {
    private static final String NAMESPACE = "bench";
    static final List<Port> PORTS = List.of(Port.parse("TCP/8080"), Port.parse("TCP/8081"), Port.parse("UDP/5353"));
    static final NamespacedName DENY_ALL = new NamespacedName(NAMESPACE, "deny-all");
    private static final LabelSelector EVERYBODY = LabelSelector.labels(Map.of("crowd", "bench"));

    static Change namespace() {
        return new Change.ApplyNamespace(new Namespace(NAMESPACE, Map.of()));
    }

    List<Change> starts() {
        return IntStream.range(0, pods).<Change>mapToObj(Crowd::start).toList();
    }

    private static Change start(int number) {
        var labels = Map.of("crowd", "bench", "app", "app-" + number);
        return new Change.StartPod(new Pod(name(number), labels, PORTS.stream().map(ContainerPort::unnamed).toList(), "", false));
    }

    private static NamespacedName name(int number) {
        return new NamespacedName(NAMESPACE, "pod-" + number);
    }

    List<Endpoint.Pod> endpoints() {
        return IntStream.range(0, pods).mapToObj(i -> new Endpoint.Pod(name(i))).toList();
    }

    /// Every pod to every other on every port.
    List<Probe> probes() {
        var probes = new ArrayList<Probe>();
        for (var port : PORTS) for (var flow : flows(port)) probes.add(Probe.Reach.of(flow));
        return probes;
    }

    /// Every pod to every other on one port.
    List<Flow> flows(Port port) {
        var ends = endpoints();
        var flows = new ArrayList<Flow>(pods * pods);
        for (var source : ends) for (var destination : ends) if (source != destination) flows.add(Flow.of(source, destination, port));
        return flows;
    }

    static Change denyAll() {
        return new Change.ApplyPolicy(new NetworkPolicy(DENY_ALL, LabelSelector.EVERYTHING,
            EnumSet.allOf(Direction.class), List.of(), List.of()));
    }

    /// A policy for each pod, which isolates it and lets everybody in and out on one port.
    List<Change> policies() {
        return IntStream.range(0, pods).mapToObj(i -> policy(i, List.of(everybody(8080)))).toList();
    }

    /// The first pod's policy, with another rule that lets everybody in.
    static Change oneRuleMore() {
        return policy(0, List.of(everybody(8080), everybody(8081)));
    }

    /// The first pod's policy as it was.
    static Change oneRuleLess() {
        return policy(0, List.of(everybody(8080)));
    }

    private static Change policy(int number, List<Rule> ingress) {
        return new Change.ApplyPolicy(new NetworkPolicy(policyName(number), LabelSelector.labels(Map.of("app", "app-" + number)),
            EnumSet.allOf(Direction.class), ingress, List.of(everybody(8080))));
    }

    private static Rule everybody(int port) {
        return new Rule(List.of(new Peer.Pods(EVERYBODY, null)), List.of(new PolicyPort.Range(Protocol.TCP, port, port)));
    }

    /// One rule for all pods: everybody of so many blocks on so many ports, none of them beside another.
    static Change manyPortsAndBlocks(int ports, int blocks) {
        var peers = IntStream.range(0, blocks)
            .<Peer>mapToObj(i -> new Peer.IpBlock(Cidr.parse("10.%s.%s.0/24".formatted(100 + (i >> 7), i % 128 * 2)), List.of())).toList();
        var numbers = IntStream.range(0, ports).map(i -> 2000 + 2 * i);
        return new Change.ApplyPolicy(new NetworkPolicy(new NamespacedName(NAMESPACE, "many"), LabelSelector.EVERYTHING,
            EnumSet.of(Direction.INGRESS),
            List.of(new Rule(peers, numbers.<PolicyPort>mapToObj(n -> new PolicyPort.Range(Protocol.TCP, n, n)).toList())), List.of()));
    }

    static Change withoutManyPortsAndBlocks() {
        return new Change.DeletePolicy(new NamespacedName(NAMESPACE, "many"));
    }

    List<Change> deletions() {
        return IntStream.range(0, pods).<Change>mapToObj(i -> new Change.DeletePolicy(policyName(i))).toList();
    }

    private static NamespacedName policyName(int number) {
        return new NamespacedName(NAMESPACE, "policy-" + number);
    }
}

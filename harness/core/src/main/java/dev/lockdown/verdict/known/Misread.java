package dev.lockdown.verdict.known;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import dev.lockdown.verdict.KnownDefect;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The cluster as a network plugin with a known defect takes it to be.
final class Misread {
    private Misread() {}

    /// Give the states one of which such a plugin enforces.
    ///
    /// @param addresses of the state's pods
    /// @param family of the flow's addresses
    static Stream<ClusterState> states(KnownDefect defect, ClusterState state, Addresses addresses, Family family) {
        return switch (defect) {
            case KUBE_ROUTER_NAMED_EGRESS_PORT -> Stream.of(eachPolicy(state, p -> withEgress(p, rules(p.egress(),
                rule -> rule.peers().isEmpty() ? NamedPorts.inNamespace(rule.ports(), p.name().namespace(), state) : rule.ports()))));
            case KUBE_ROUTER_RULES_BOTH_WAYS -> {
                var read = BlocksAsPods.of(state, addresses);
                yield Stream.of(withPolicies(read, BothWays.added(read)));
            }
            case KUBE_ROUTER_SHARED_CONTAINER_PORT -> SharedPorts.states(state);
            case KUBE_ROUTER_IPV6_SETS ->
                family == Family.IPV6 ? Stream.of(eachPolicy(state, p -> everyRule(p, Misread::withoutPods))) : Stream.of();
            case CILIUM_END_PORT -> Stream.of(eachPolicy(state, p -> everyRule(p,
                rules -> rules(rules, rule -> rule.ports().stream().map(Misread::firstOf).toList()))));
            case CILIUM_NAMED_EGRESS_PORT -> Stream.of(eachPolicy(state,
                p -> withEgress(p, rules(p.egress(), rule -> NamedPorts.ofOneNumber(rule.ports(), state)))));
        };
    }

    private static PolicyPort firstOf(PolicyPort port) {
        return port instanceof PolicyPort.Range(var protocol, int first, _) ? new PolicyPort.Range(protocol, first, first) : port;
    }

    /// A rule of which no peer is left admits nobody, while one without peers admits everybody.
    private static List<Rule> withoutPods(List<Rule> rules) {
        return rules.stream().map(r -> new Rule(r.peers().stream().filter(p -> !(p instanceof Peer.Pods)).toList(), r.ports()))
            .filter(r -> !r.peers().isEmpty()).toList();
    }

    private interface Ports {
        List<PolicyPort> of(Rule rule);
    }

    /// Give the rules with other ports. One that had ports and has none left admits nothing, and is left out.
    private static List<Rule> rules(List<Rule> rules, Ports ports) {
        return rules.stream().flatMap(rule -> {
            var read = ports.of(rule);
            return read.isEmpty() && !rule.ports().isEmpty() ? Stream.of() : Stream.of(new Rule(rule.peers(), read));
        }).toList();
    }

    private static NetworkPolicy everyRule(NetworkPolicy policy, UnaryOperator<List<Rule>> read) {
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), read.apply(policy.rules(Direction.INGRESS)),
            read.apply(policy.rules(Direction.EGRESS)));
    }

    private static NetworkPolicy withEgress(NetworkPolicy policy, List<Rule> egress) {
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), policy.ingress(), egress);
    }

    static ClusterState eachPolicy(ClusterState state, UnaryOperator<NetworkPolicy> read) {
        var policies = new TreeMap<>(state.policies());
        policies.replaceAll((_, policy) -> read.apply(policy));
        return new ClusterState(state.nodes(), state.namespaces(), state.pods(), state.services(), policies, state.hosts());
    }

    private static ClusterState withPolicies(ClusterState state, List<NetworkPolicy> more) {
        var policies = new TreeMap<>(state.policies());
        more.forEach(p -> policies.put(p.name(), p));
        return new ClusterState(state.nodes(), state.namespaces(), state.pods(), state.services(), policies, state.hosts());
    }

    static ClusterState withPods(ClusterState state, Map<NamespacedName, Pod> pods) {
        return new ClusterState(state.nodes(), state.namespaces(), pods, state.services(), state.policies(), state.hosts());
    }
}

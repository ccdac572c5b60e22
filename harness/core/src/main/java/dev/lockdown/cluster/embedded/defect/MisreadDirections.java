package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.cluster.embedded.netpol.PodAddresses;
import dev.lockdown.cluster.embedded.netpol.SelectorIndex;
import dev.lockdown.cluster.embedded.netpol.View;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The defects of a data plane that takes rules of one direction for something else.
final class MisreadDirections {
    private MisreadDirections() {}

    /// A named port of an egress rule that has no peers becomes the numbers that pods of the policy's namespace give it.
    static View namedInNamespace(View view) {
        var policies = new TreeMap<>(view.policies());
        policies.replaceAll((_, p) -> new NetworkPolicy(p.name(), p.podSelector(), p.types(), p.ingress(),
            p.egress().stream().flatMap(rule -> numbered(rule, p.name().namespace(), view)).toList()));
        return view.withPolicies(policies);
    }

    private static Stream<Rule> numbered(Rule rule, String namespace, View view) {
        if (!rule.peers().isEmpty() || rule.ports().isEmpty()) return Stream.of(rule);
        var ports = rule.ports().stream().flatMap(port -> numbered(port, namespace, view)).toList();
        return ports.isEmpty() ? Stream.of() : Stream.of(new Rule(rule.peers(), ports));
    }

    private static Stream<PolicyPort> numbered(PolicyPort port, String namespace, View view) {
        if (!(port instanceof PolicyPort.Named(var protocol, var name))) return Stream.of(port);
        return view.pods().values().stream().filter(pod -> pod.name().namespace().equals(namespace)).flatMap(pod -> pod.ports().stream())
            .filter(p -> p.name().equals(name) && p.port().protocol() == protocol)
            .map(p -> new PolicyPort.Range(protocol, p.port().number(), p.port().number()));
    }

    /// Of a policy that isolates both ways, what its egress rules lead to is admitted there as well, if it is one of its own pods, and what its
    /// ingress rules let in may also leave. Those pods are marked by a label for each rule, and freed by a policy that selects the mark.
    static View bothWays(View view) {
        var index = new SelectorIndex(view);
        var pods = new TreeMap<>(view.pods());
        var policies = new TreeMap<>(view.policies());
        for (var policy : view.policies().values()) {
            if (policy.types().size() < Direction.values().length) continue;
            for (var direction : Direction.values()) {
                for (var rule : policy.rules(direction)) {
                    var mark = "turned-%s-%s".formatted(policy.name().name(), Integer.toString(policies.size()));
                    names(index.subjects(policy)).stream().filter(led(rule, policy, index)::contains)
                        .forEach(pod -> pods.computeIfPresent(pod, (_, p) -> marked(p, mark)));
                    var turned = turned(policy, direction, rule, mark);
                    policies.put(turned.name(), turned);
                }
            }
        }
        return view.withPods(pods).withPolicies(policies);
    }

    /// The pods to which a rule leads.
    private static Set<NamespacedName> led(Rule rule, NetworkPolicy policy, SelectorIndex index) {
        if (rule.peers().isEmpty()) return names(index.subjects(policy));
        return rule.peers().stream().filter(Peer.Pods.class::isInstance)
            .flatMap(peer -> names(index.peers(policy.name().namespace(), (Peer.Pods) peer)).stream()).collect(Collectors.toSet());
    }

    private static Set<NamespacedName> names(List<PodAddresses> pods) {
        return pods.stream().map(PodAddresses::name).collect(Collectors.toSet());
    }

    private static NetworkPolicy turned(NetworkPolicy policy, Direction written, Rule rule, String mark) {
        var name = new NamespacedName(policy.name().namespace(), mark);
        var rules = List.of(new Rule(List.of(new Peer.Pods(policy.podSelector(), null)), rule.ports()));
        boolean egress = written == Direction.EGRESS;
        return new NetworkPolicy(name, LabelSelector.labels(Map.of(mark, "")), Set.of(egress ? Direction.INGRESS : Direction.EGRESS),
            egress ? rules : List.of(), egress ? List.of() : rules);
    }

    private static Pod marked(Pod pod, String mark) {
        var labels = new HashMap<>(pod.labels());
        labels.put(mark, "");
        return pod.withLabels(labels);
    }
}

package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.cluster.embedded.netpol.SelectorIndex;
import dev.lockdown.cluster.embedded.netpol.View;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The defects of a data plane that takes policies to say something else.
final class Misreading {
    private static final String FIRST_POLICY = "first-policy";

    private final Set<Defect> present;

    private Misreading(Set<Defect> present) {
        this.present = present;
    }

    static View of(Set<Defect> present, View view) {
        return new Misreading(present).read(view);
    }

    private boolean has(Defect defect) {
        return present.contains(defect);
    }

    private View read(View view) {
        var policies = new TreeMap<>(view.policies());
        if (has(Defect.LONG_POLICY_NAMES_COLLIDE)) removeCollisions(policies);
        if (has(Defect.EMPTY_POD_SELECTOR_SELECTS_NONE)) policies.values().removeIf(p -> p.podSelector().equals(LabelSelector.EVERYTHING));
        policies.replaceAll((_, policy) -> read(policy));
        policies.values().removeIf(p -> p.types().isEmpty());
        var read = view.withPolicies(policies);
        if (has(Defect.NAMED_PORT_BY_ANOTHER_PODS_NUMBER)) read = read.withPods(sameNumbers(read.pods()));
        if (has(Defect.NAMED_PORTS_MIX_PODS_THAT_SHARE_A_PORT)) read = read.withPods(mixed(read.pods()));
        if (has(Defect.NAMED_EGRESS_PORT_BY_THE_POLICYS_NAMESPACE)) read = MisreadDirections.namedInNamespace(read);
        if (has(Defect.RULES_ADMIT_BOTH_WAYS)) read = MisreadDirections.bothWays(read);
        return has(Defect.ONLY_THE_FIRST_POLICY) ? firstPolicyOnly(read) : read;
    }

    private static void removeCollisions(Map<?, NetworkPolicy> policies) {
        var seen = new HashSet<String>();
        policies.values().removeIf(p -> {
            var name = p.name().name();
            return !seen.add(p.name().namespace() + "/" + name.substring(0, Math.min(40, name.length())));
        });
    }

    private NetworkPolicy read(NetworkPolicy policy) {
        var selectors = new MisreadSelectors(present);
        return new NetworkPolicy(policy.name(), selectors.read(policy.podSelector()), types(policy),
            rules(policy, policy.ingress()), rules(policy, policy.egress()));
    }

    private Set<Direction> types(NetworkPolicy policy) {
        var types = EnumSet.noneOf(Direction.class);
        types.addAll(policy.types());
        if (has(Defect.EGRESS_RULES_ALONE_LEAVE_INGRESS_OPEN) && policy.ingress().isEmpty() && !policy.egress().isEmpty())
            types.remove(Direction.INGRESS);
        if (has(Defect.INGRESS_RULES_ALONE_ISOLATE_EGRESS) && policy.egress().isEmpty() && !policy.ingress().isEmpty())
            types.add(Direction.EGRESS);
        if (has(Defect.IGNORES_EGRESS)) types.remove(Direction.EGRESS);
        if (has(Defect.IGNORES_INGRESS)) types.remove(Direction.INGRESS);
        return types;
    }

    private List<Rule> rules(NetworkPolicy policy, List<Rule> rules) {
        var selectors = new MisreadSelectors(present);
        var read = rules.stream().filter(rule -> !(has(Defect.EMPTY_PEERS_DENY) && rule.peers().isEmpty()))
            .map(rule -> new Rule(selectors.peers(rule.peers(), policy.name().namespace()), new MisreadPorts(present).read(rule.ports())))
            .toList();
        if (!has(Defect.PORTS_WITH_PEERS_OF_ANOTHER_RULE)) return read;
        return read.stream().flatMap(a -> read.stream().map(b -> new Rule(a.peers(), b.ports()))).toList();
    }

    private static <K> Map<K, Pod> sameNumbers(Map<K, Pod> pods) {
        var numbers = new HashMap<String, Integer>();
        pods.values().forEach(pod -> pod.ports().forEach(p -> numbers.putIfAbsent(p.port().protocol() + p.name(), p.port().number())));
        var read = new HashMap<>(pods);
        read.replaceAll((_, pod) -> new Pod(pod.name(), pod.labels(), pod.ports().stream().map(p -> renumbered(p, numbers)).toList(),
            pod.node(), pod.hostNetwork()));
        return read;
    }

    private static ContainerPort renumbered(ContainerPort port, Map<String, Integer> numbers) {
        if (port.name().isEmpty()) return port;
        return new ContainerPort(new Port(port.port().protocol(), numbers.getOrDefault(port.port().protocol() + port.name(), 1)),
            port.name(), port.hostPort());
    }

    /// A port of the pods of one namespace.
    private record Declared(String namespace, ContainerPort port) {}

    /// Whoever declares a port that an earlier pod of its namespace declares too is taken for that pod under all of its ports' names.
    private static <K> Map<K, Pod> mixed(Map<K, Pod> pods) {
        var first = new HashMap<Declared, Pod>();
        var read = new TreeMap<>(pods);
        read.replaceAll((_, pod) -> {
            var declared = pod.ports().stream().filter(ContainerPort::declared).toList();
            var ports = new LinkedHashSet<>(pod.ports());
            for (var port : declared) {
                var earlier = first.putIfAbsent(new Declared(pod.name().namespace(), port), pod);
                if (earlier != null) earlier.ports().stream().filter(p -> !p.name().isEmpty()).forEach(ports::add);
            }
            return new Pod(pod.name(), pod.labels(), List.copyOf(ports), pod.node(), pod.hostNetwork());
        });
        return read;
    }

    /// Mark each pod with the first policy that selects it, and let policies select by that mark.
    private static View firstPolicyOnly(View view) {
        var selection = new SelectorIndex(view);
        var pods = new TreeMap<>(view.pods());
        var marked = new HashSet<>();
        for (var policy : view.policies().values()) {
            for (var member : selection.subjects(policy)) {
                if (!marked.add(member.name())) continue;
                var labels = new HashMap<>(member.pod().labels());
                labels.put(FIRST_POLICY, policy.name().name());
                pods.put(member.name(), member.pod().withLabels(labels));
            }
        }
        var policies = new TreeMap<>(view.policies());
        policies.replaceAll((_, p) -> new NetworkPolicy(p.name(), LabelSelector.labels(Map.of(FIRST_POLICY, p.name().name())), p.types(),
            p.ingress(), p.egress()));
        return view.withPods(pods).withPolicies(policies);
    }
}

package dev.lockdown.verdict.known;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.policy.Selectors;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pods that declare a port alike and so come under each other's named ports. Which of them comes under whose depends on the order in which
/// the plugin meets them, so that each is given those of all.
final class SharedPorts {
    private SharedPorts() {}

    /// Give a state for each set of pods among which policies look named ports up.
    static Stream<ClusterState> states(ClusterState state) {
        return state.policies().values().stream().flatMap(p -> lookedUp(p, state)).distinct()
            .map(pods -> Misread.withPods(state, mixed(state.pods(), pods)));
    }

    /// An ingress rule's names are those of the pods that the policy selects; an egress rule's may be anybody's.
    private static Stream<Set<NamespacedName>> lookedUp(NetworkPolicy policy, ClusterState state) {
        Stream<Set<NamespacedName>> ingress =
            hasNames(policy.ingress()) ? Stream.of(named(state, p -> isSelected(p, policy))) : Stream.of();
        Stream<Set<NamespacedName>> egress = hasNames(policy.egress()) ? Stream.of(named(state, _ -> true)) : Stream.of();
        return Stream.concat(ingress, egress);
    }

    private static boolean hasNames(List<Rule> rules) {
        return rules.stream().flatMap(r -> r.ports().stream()).anyMatch(PolicyPort.Named.class::isInstance);
    }

    private static boolean isSelected(Pod pod, NetworkPolicy policy) {
        return pod.name().namespace().equals(policy.name().namespace()) && Selectors.matches(policy.podSelector(), pod.labels());
    }

    private static Set<NamespacedName> named(ClusterState state, Predicate<Pod> which) {
        return state.pods().values().stream().filter(which).map(Pod::name).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<NamespacedName, Pod> mixed(Map<NamespacedName, Pod> all, Set<NamespacedName> among) {
        var names = new HashMap<ContainerPort, Set<ContainerPort>>();
        var mixed = new TreeMap<>(all);
        mixed.keySet().retainAll(among);
        mixed.values().forEach(pod -> declared(pod)
            .forEach(port -> names.computeIfAbsent(port, _ -> new LinkedHashSet<>()).addAll(named(pod))));
        mixed.replaceAll((_, pod) -> {
            var ports = new LinkedHashSet<>(pod.ports());
            declared(pod).forEach(port -> ports.addAll(names.getOrDefault(port, Set.of())));
            return new Pod(pod.name(), pod.labels(), List.copyOf(ports), pod.node(), pod.hostNetwork());
        });
        var read = new TreeMap<>(all);
        read.putAll(mixed);
        return read;
    }

    /// Whatever port of the node leads there.
    private static Stream<ContainerPort> declared(Pod pod) {
        return pod.ports().stream().filter(ContainerPort::declared).map(p -> new ContainerPort(p.port(), p.name()));
    }

    private static List<ContainerPort> named(Pod pod) {
        return declared(pod).filter(p -> !p.name().isEmpty()).toList();
    }
}

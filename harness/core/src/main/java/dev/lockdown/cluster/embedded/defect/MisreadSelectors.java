package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The defects in reading selectors and peers.
record MisreadSelectors(Set<Defect> present) {

    LabelSelector read(LabelSelector selector) {
        return new LabelSelector(selector.matchLabels(), selector.matchExpressions().stream().flatMap(this::read).toList());
    }

    private Stream<Requirement> read(Requirement requirement) {
        if (requirement.operator() == Operator.EXISTS && present.contains(Defect.EXISTS_IGNORED)) return Stream.of();
        if (requirement.operator() != Operator.NOT_IN) return Stream.of(requirement);
        if (present.contains(Defect.NOT_IN_AS_IN)) return Stream.of(new Requirement(requirement.key(), Operator.IN, requirement.values()));
        if (!present.contains(Defect.NOT_IN_MISSES_PODS_WITHOUT_THE_KEY)) return Stream.of(requirement);
        return Stream.of(requirement, new Requirement(requirement.key(), Operator.EXISTS, List.of()));
    }

    /// @param namespace of the policy
    List<Peer> peers(List<Peer> peers, String namespace) {
        var read = peers.stream().flatMap(this::read).toList();
        boolean pods = read.stream().allMatch(Peer.Pods.class::isInstance);
        if (!present.contains(Defect.TWO_PEERS_AS_AND) || read.size() < 2 || !pods) return read;
        return List
            .of(read.stream().map(Peer.Pods.class::cast).map(p -> explicit(p, namespace)).reduce(MisreadSelectors::both).orElseThrow());
    }

    private Stream<Peer> read(Peer peer) {
        return switch (peer) {
            case Peer.IpBlock block ->
                Stream.of(present.contains(Defect.FORGETS_EXCEPT) ? new Peer.IpBlock(block.cidr(), List.of()) : block);
            case Peer.Pods(var pods, var namespaces) -> either(orNull(pods), orNull(namespaces));
        };
    }

    private @Nullable LabelSelector orNull(@Nullable LabelSelector selector) {
        return selector == null ? null : read(selector);
    }

    private Stream<Peer> either(@Nullable LabelSelector pods, @Nullable LabelSelector namespaces) {
        boolean or = pods != null && namespaces != null && present.contains(Defect.POD_AND_NAMESPACE_SELECTOR_AS_OR);
        return or ? Stream.of(new Peer.Pods(pods, null), new Peer.Pods(null, namespaces)) : Stream.of(new Peer.Pods(pods, namespaces));
    }

    private static Peer.Pods explicit(Peer.Pods peer, String namespace) {
        var pods = peer.podSelector() == null ? LabelSelector.EVERYTHING : peer.podSelector();
        var namespaces = peer.namespaceSelector();
        return new Peer.Pods(pods, namespaces == null ? LabelSelector.labels(Map.of(Namespace.NAME_LABEL, namespace)) : namespaces);
    }

    private static Peer.Pods both(Peer.Pods one, Peer.Pods other) {
        return new Peer.Pods(both(one.podSelector(), other.podSelector()), both(one.namespaceSelector(), other.namespaceSelector()));
    }

    private static LabelSelector both(@Nullable LabelSelector one, @Nullable LabelSelector other) {
        var all = new ArrayList<Requirement>();
        Stream.of(one, other).forEach(selector -> {
            if (selector == null) return;
            selector.matchLabels().forEach((key, value) -> all.add(new Requirement(key, Operator.IN, List.of(value))));
            all.addAll(selector.matchExpressions());
        });
        return new LabelSelector(Map.of(), all);
    }
}

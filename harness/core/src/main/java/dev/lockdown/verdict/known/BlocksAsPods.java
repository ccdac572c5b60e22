package dev.lockdown.verdict.known;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Blocks of addresses that match pods as well, which the API leaves open and most plugins do: each block's pods bear a label, by which a
/// second peer selects them.
final class BlocksAsPods {
    private static final String MARK = "lockdown.dev/in-block-";

    private final Map<Peer.IpBlock, String> marks = new LinkedHashMap<>();

    private BlocksAsPods() {}

    static ClusterState of(ClusterState state, Addresses addresses) {
        var blocks = new BlocksAsPods();
        var policies = Misread.eachPolicy(state, blocks::read);
        return blocks.marks.isEmpty() ? state : Misread.withPods(policies, blocks.marked(state.pods(), addresses));
    }

    private NetworkPolicy read(NetworkPolicy policy) {
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), read(policy.ingress()), read(policy.egress()));
    }

    private List<Rule> read(List<Rule> rules) {
        return rules.stream().map(rule -> new Rule(rule.peers().stream().flatMap(this::read).toList(), rule.ports())).toList();
    }

    private Stream<Peer> read(Peer peer) {
        if (!(peer instanceof Peer.IpBlock block)) return Stream.of(peer);
        var mark = marks.computeIfAbsent(block, _ -> MARK + Integer.toString(marks.size()));
        return Stream.of(peer, new Peer.Pods(LabelSelector.labels(Map.of(mark, "")), LabelSelector.EVERYTHING));
    }

    private Map<NamespacedName, Pod> marked(Map<NamespacedName, Pod> pods, Addresses addresses) {
        var marked = new TreeMap<>(pods);
        marked.replaceAll((name, pod) -> {
            var labels = new HashMap<>(pod.labels());
            marks.forEach((block, mark) -> {
                if (!pod.hostNetwork() && addresses.of(new Endpoint.Pod(name)).stream().anyMatch(a -> Blocks.contains(block, a)))
                    labels.put(mark, "");
            });
            return pod.withLabels(labels);
        });
        return marked;
    }
}

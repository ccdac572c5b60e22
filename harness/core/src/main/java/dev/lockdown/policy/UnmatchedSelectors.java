package dev.lockdown.policy;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.util.ArrayList;
import java.util.List;

/// Policies and peers that match nobody, which is legal and mostly a mistake.
final class UnmatchedSelectors {
    private final ClusterState state;
    private final PodIndex podIndex;

    UnmatchedSelectors(ClusterState state, PodIndex podIndex) {
        this.state = state;
        this.podIndex = podIndex;
    }

    boolean selectsNothing(NamespacedName name) {
        var policy = policy(name);
        return podIndex.membersOf(name.namespace()).stream().noneMatch(m -> PodIndex.selects(policy, m));
    }

    List<String> emptyPeers(NamespacedName name) {
        var policy = policy(name);
        var notes = new ArrayList<String>();
        for (var direction : Direction.values()) {
            var rules = policy.rules(direction);
            for (int rule = 0; rule < rules.size(); rule++) {
                var peers = rules.get(rule).peers();
                for (int peer = 0; peer < peers.size(); peer++)
                    if (peers.get(peer) instanceof Peer.Pods pods && namesNobody(pods, name.namespace()))
                        notes.add("%s %s names no pod".formatted(name, new RulePath(direction, rule, peer)));
            }
        }
        return notes;
    }

    private boolean namesNobody(Peer.Pods peer, String namespace) {
        return podIndex.members().stream().noneMatch(m -> PodIndex.names(peer, namespace, m));
    }

    private NetworkPolicy policy(NamespacedName name) {
        var policy = state.policies().get(name);
        if (policy == null) throw new IllegalArgumentException("there is no policy \"%s\" in this state".formatted(name));
        return policy;
    }
}

package dev.lockdown.trial;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import java.util.List;
import java.util.Set;

/// Policies for tests.
final class Policies {
    private Policies() {}

    static NetworkPolicy allowEgressTo(String namespace, String address) {
        var block = new NetworkPolicy.Peer.IpBlock(Cidr.parse(address + "/32"), List.of());
        return new NetworkPolicy(new NamespacedName(namespace, "allow"), LabelSelector.EVERYTHING, Set.of(Direction.EGRESS), List.of(),
            List.of(new NetworkPolicy.Rule(List.of(block), List.of())));
    }
}

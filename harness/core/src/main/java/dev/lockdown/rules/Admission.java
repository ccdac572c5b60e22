package dev.lockdown.rules;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy.Peer.IpBlock;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the oracle expects a rule of a policy to let through, in addresses and numbers. A named port is one for each number that pods give it.
///
/// @param own of the pods that the policy selects and whose port is meant
/// @param peers of the pods at the other end
/// @param blocks at the other end
/// @param anyPeer whether everybody may be there
/// @param protocol null for any
/// @param first the ports from there; 0 for any
record Admission(NamespacedName policy, Direction direction, Set<InetAddress> own, Set<InetAddress> peers, List<IpBlock> blocks,
        boolean anyPeer, @Nullable Protocol protocol, int first, int last) {

    boolean admits(InetAddress ownEnd, InetAddress otherEnd, @Nullable Port port) {
        return own.contains(ownEnd) && (anyPeer || peers.contains(otherEnd) || blocks.stream().anyMatch(b -> Blocks.contains(b, otherEnd)))
            && onPort(port);
    }

    boolean onPort(@Nullable Port port) {
        return protocol == null || port != null && port.protocol() == protocol && isNumber(port.number());
    }

    boolean isNumber(int number) {
        return first == 0 || first <= number && number <= last;
    }

    boolean overlaps(Match.Numbers numbers) {
        return first == 0 || numbers.first() <= last && first <= numbers.last();
    }

    /// The pods' addresses at one end of the flows that it lets through.
    Set<InetAddress> addresses(boolean source) {
        return source == (direction == Direction.EGRESS) ? own : peers;
    }
}

package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.state.NetworkPolicy.Peer.IpBlock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where one end of a flow is: its address of each family, as far as they are known.
///
/// @param known whether the cluster has said; if it has, a missing family is one that the end does not have
record EndAddresses(@Nullable InetAddress v4, @Nullable InetAddress v6, boolean known) {
    static final EndAddresses UNKNOWN = new EndAddresses(null, null, false);

    /// An ipBlock's view of a place.
    enum Fit {
        INSIDE, OUTSIDE, UNKNOWN
    }

    static EndAddresses of(List<InetAddress> addresses) {
        if (addresses.isEmpty()) return UNKNOWN;
        InetAddress v4 = null;
        InetAddress v6 = null;
        for (var address : addresses.reversed()) {
            if (address instanceof Inet6Address) v6 = address;
            else v4 = address;
        }
        return new EndAddresses(v4, v6, true);
    }

    @Nullable InetAddress address(Family family) {
        return family == Family.IPV4 ? v4 : v6;
    }

    /// Whether this end has an address of the family, as far as anybody knows.
    boolean mayHave(Family family) {
        return !known || address(family) != null;
    }

    Fit in(IpBlock block, Family family) {
        if (!known) return inUnseen(block, family);
        var address = address(family);
        return address != null && Blocks.contains(block, address) ? Fit.INSIDE : Fit.OUTSIDE;
    }

    /// Any address is inside a block of the whole family and outside a block of the other one.
    private static Fit inUnseen(IpBlock block, Family family) {
        if (Blocks.family(block.cidr()) != family) return Fit.OUTSIDE;
        return block.cidr().prefixLength() == 0 && block.except().isEmpty() ? Fit.INSIDE : Fit.UNKNOWN;
    }
}

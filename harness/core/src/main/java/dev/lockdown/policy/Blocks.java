package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.NetworkPolicy.Peer.IpBlock;
import java.net.InetAddress;

/// Whether addresses are in blocks.
public final class Blocks {

    private Blocks() {}

    static Family family(Cidr cidr) {
        return Family.of(cidr.network());
    }

    /// Whether the address is in the block and in none of its exceptions.
    public static boolean contains(IpBlock block, InetAddress address) {
        return contains(block.cidr(), address) && block.except().stream().noneMatch(e -> contains(e, address));
    }

    static boolean contains(Cidr cidr, InetAddress address) {
        var network = cidr.network().getAddress();
        var candidate = address.getAddress();
        if (network.length != candidate.length) return false;
        int whole = cidr.prefixLength() / 8;
        for (int i = 0; i < whole; i++) if (network[i] != candidate[i]) return false;
        int rest = cidr.prefixLength() % 8;
        return rest == 0 || (network[whole] ^ candidate[whole]) >> (8 - rest) == 0;
    }
}

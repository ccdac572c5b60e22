package dev.lockdown.table;

import dev.lockdown.flow.Family;
import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the address for a machine outside that stands for a block of addresses.
public final class OutsideAddress {
    /// Where [ClusterDefaults#addresses] has the pods, and where clusters have their Services and nodes: no machine outside is there.
    private static final List<Peer.IpBlock> TAKEN =
        Stream.of("10.42.0.0/16", "10.43.0.0/16", "172.18.0.0/24", "fd42::/56", "fd43::/112", "fd18::/112")
            .map(t -> new Peer.IpBlock(Cidr.parse(t), List.of())).toList();

    private OutsideAddress() {}

    /// Find an address of the block, and of no exception of it, that no pod has.
    public static Optional<InetAddress> in(Peer.IpBlock block) {
        var documentation = Family.of(block.cidr().network()) == Family.IPV4 ? List.of("192.0.2.254", "198.51.100.254", "203.0.113.254")
            : List.of("2001:db8::fffe");
        for (var text : documentation) {
            var address = InetAddress.ofLiteral(text);
            if (holds(block, address)) return Optional.of(address);
        }
        for (int last = 250; last > 0; last--) {
            var bytes = block.cidr().network().getAddress();
            bytes[bytes.length - 1] |= (byte) last;
            var address = of(bytes);
            if (holds(block, address)) return Optional.of(address);
        }
        return holds(block, block.cidr().network()) ? Optional.of(block.cidr().network()) : Optional.empty();
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length is that of an address", e);
        }
    }

    private static boolean holds(Peer.IpBlock block, InetAddress address) {
        return Blocks.contains(block, address) && TAKEN.stream().noneMatch(t -> Blocks.contains(t, address));
    }
}

package dev.lockdown.rules;

import dev.lockdown.flow.Port;
import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A named set of addresses.
///
/// @param name as the tool writes it
/// @param hasPorts whether an address is in it with a port
record AddressSet(String name, boolean hasPorts, List<Member> members) {
    AddressSet {
        members = List.copyOf(members);
    }

    /// @param port null where the set holds addresses alone
    /// @param except whether it is an exception from a wider one
    record Member(Cidr block, @Nullable Port port, boolean except) {

        /// Parse `10.42.1.7`, `10.0.0.0/8` or `10.42.1.7,tcp:80`.
        ///
        /// @return null where it is nothing of that kind
        static @Nullable Member parse(String text, boolean except) {
            var parts = text.split(",", 2);
            try {
                var block = Cidr.parse(parts[0].contains("/") ? parts[0] : parts[0] + (parts[0].contains(":") ? "/128" : "/32"));
                return new Member(block, parts.length < 2 ? null : Port.parse(parts[1].replace(':', '/').toUpperCase(Locale.ROOT)), except);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        boolean has(InetAddress address) {
            return Blocks.contains(new Peer.IpBlock(block, List.of()), address);
        }

        SetContents.End end() {
            return new SetContents.End(block.network(), port);
        }

        /// Whether it is one address alone.
        boolean isOne() {
            return block.prefixLength() == block.network().getAddress().length * 8;
        }
    }

    /// Whether an address is in it, with the port where the set has those.
    boolean has(InetAddress address, @Nullable Port asked) {
        var fitting = members.stream().filter(m -> m.has(address) && (m.port == null || m.port.equals(asked))).toList();
        return !fitting.isEmpty() && fitting.stream().noneMatch(Member::except);
    }

    boolean has(SetContents.End end) {
        return has(end.address(), end.port());
    }
}

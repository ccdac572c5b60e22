package dev.lockdown.rules;

import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A condition of a rule.
sealed interface Match {

    Truth of(Packet packet, Map<String, AddressSet> sets);

    /// @param source whether the packet's source is meant, else its destination
    record Address(boolean source, List<Cidr> blocks, boolean negated) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            var address = packet.address(source);
            return Truth.of(blocks.stream().anyMatch(b -> Blocks.contains(new Peer.IpBlock(b, List.of()), address))).negatedIf(negated);
        }

        boolean isOne() {
            return blocks.size() == 1 && blocks.getFirst().prefixLength() == blocks.getFirst().network().getAddress().length * 8;
        }
    }

    /// @param sources whether each dimension of the set is the packet's source: most sets have one
    record InSet(String set, List<Boolean> sources, boolean negated) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            var there = sets.get(set);
            // Nobody knows the source's port beforehand.
            if (there == null || sources.isEmpty() || there.hasPorts() && sources.getLast()) return Truth.UNKNOWN;
            return Truth.of(there.has(packet.address(sources.getFirst()), packet.port())).negatedIf(negated);
        }

        boolean isSource() {
            return !sources.isEmpty() && sources.getFirst();
        }
    }

    record OfProtocol(String name, boolean negated) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            if (name.equals("all")) return Truth.YES;
            var own = packet.port() == null ? "icmp" : packet.port().protocol().name().toLowerCase(Locale.ROOT);
            boolean ping = packet.port() == null && Set.of("icmp", "icmpv6", "ipv6-icmp", "1", "58").contains(name);
            return Truth.of(ping || name.equals(own)).negatedIf(negated);
        }
    }

    record Numbers(int first, int last) {
        /// Parse `80`, `80:90` or `80-90`.
        static Numbers parse(String text) {
            var parts = text.split("[:-]", 2);
            int first = Integer.parseInt(parts[0]);
            return new Numbers(first, parts.length < 2 ? first : Integer.parseInt(parts[1]));
        }
    }

    /// @param source whether the source's port is meant, which nobody knows beforehand
    record Ports(boolean source, List<Numbers> numbers, boolean negated) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            if (source) return Truth.UNKNOWN;
            if (packet.port() == null) return Truth.NO;
            int number = packet.port().number();
            return Truth.of(numbers.stream().anyMatch(n -> n.first <= number && number <= n.last)).negatedIf(negated);
        }
    }

    /// @param name perhaps with `+` or `*` at its end
    record Interface(boolean in, String name, boolean negated) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            var own = in ? packet.comesBy() : packet.goesBy();
            if (own.isEmpty()) return Truth.UNKNOWN;
            boolean prefix = name.endsWith("+") || name.endsWith("*");
            return Truth.of(prefix ? own.startsWith(name.substring(0, name.length() - 1)) : own.equals(name)).negatedIf(negated);
        }

        /// Whether it names the packet's interface and no other.
        boolean names(Packet packet) {
            var own = in ? packet.comesBy() : packet.goesBy();
            return !negated && !own.isEmpty() && own.equals(name);
        }
    }

    /// The first packet of a flow is new to connection tracking.
    record State(Set<String> states, boolean negated) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            return Truth.of(states.contains("NEW")).negatedIf(negated);
        }
    }

    /// A mark that earlier rules have set: only where they are played in their order is it known ([ChainRun]).
    ///
    /// @param value of the bits that the mask has
    record Marked(int value, int mask, boolean negated) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            return Truth.UNKNOWN;
        }
    }

    /// What is not understood here: kinds of addresses, limits.
    record Other(String text) implements Match {
        @Override
        public Truth of(Packet packet, Map<String, AddressSet> sets) {
            return Truth.UNKNOWN;
        }
    }
}

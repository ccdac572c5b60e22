package dev.lockdown.fuzz;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Makes policies out of everything that the API has.
record RandomPolicy(RandomSource random, RandomNames words) {
    private static final List<Set<Direction>> TYPES = List.of(Set.of(), Set.of(Direction.INGRESS), Set.of(Direction.EGRESS),
        Set.of(Direction.INGRESS, Direction.EGRESS));
    private static final List<Peer.IpBlock> BLOCKS = List.of(block("0.0.0.0/0"), block("0.0.0.0/0", "203.0.113.128/25"),
        block("0.0.0.0/0", "10.0.0.0/8", "203.0.113.7/32"), block("203.0.113.0/24"), block("203.0.113.0/24", "203.0.113.0/25"),
        block("172.18.0.0/24"), block("10.42.0.0/16"), block("::/0"), block("::/0", "2001:db8::80/121"), block("2001:db8::/112"),
        block("2001:db8::/112", "2001:db8::/121"), block("fd18::/112"));

    private static Peer.IpBlock block(String cidr, String... except) {
        return new Peer.IpBlock(Cidr.parse(cidr), List.of(except).stream().map(Cidr::parse).toList());
    }

    NetworkPolicy named(NamespacedName name) {
        return new NetworkPolicy(name, words.pods(), random.pick(TYPES), upTo(2, this::rule), upTo(2, this::rule));
    }

    private Rule rule() {
        return new Rule(upTo(2, this::peer), upTo(2, this::port));
    }

    private <T> List<T> upTo(int most, Supplier<T> each) {
        return IntStream.range(0, random.below(most + 1)).mapToObj(_ -> each.get()).toList();
    }

    private Peer peer() {
        return switch (random.below(6)) {
            case 0, 1 -> new Peer.Pods(words.pods(), null);
            case 2 -> new Peer.Pods(null, words.namespaces());
            case 3, 4 -> new Peer.Pods(words.pods(), words.namespaces());
            default -> random.pick(BLOCKS);
        };
    }

    private PolicyPort port() {
        var protocol = random.pick(List.of(Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.SCTP));
        int first = 79 + random.below(4);
        return switch (random.below(5)) {
            case 0 -> new PolicyPort.Any(protocol);
            case 1 -> new PolicyPort.Named(protocol, random.pick(RandomNames.PORT_NAMES));
            case 2 -> new PolicyPort.Range(protocol, first, first + random.below(4));
            default -> new PolicyPort.Range(protocol, first, first);
        };
    }
}

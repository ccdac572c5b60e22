package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.flow.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ports in the words of nftables. Protocols are numbers: their names would be looked up in a file that may be missing.
///
/// @param protocol null for all of them
/// @param last included
record Ports(@Nullable Protocol protocol, int first, int last) {
    private static final int HIGHEST = 65_535;

    /// What a set looks a packet up by, besides the address.
    enum Key {
        ADDRESS("", ""), PROTOCOL(" . inet_proto", " . meta l4proto"), PORT(" . inet_proto . inet_service", " . meta l4proto . th dport");

        final String types;
        final String expressions;

        Key(String types, String expressions) {
            this.types = types;
            this.expressions = expressions;
        }
    }

    static final Ports ALL = new Ports(null, 0, HIGHEST);

    static Ports of(Protocol protocol) {
        return new Ports(protocol, 0, HIGHEST);
    }

    static Ports of(Protocol protocol, int first, int last) {
        return new Ports(protocol, first, last);
    }

    /// Give the same ports of one protocol as ranges in order that neither touch nor overlap.
    static List<Ports> merged(Stream<Ports> ports) {
        var merged = new ArrayList<Ports>();
        ports.sorted(Comparator.comparingInt(Ports::first)).forEach(range -> {
            var before = merged.isEmpty() ? null : merged.getLast();
            if (before == null || range.first > before.last + 1) merged.add(range);
            else merged.set(merged.size() - 1, new Ports(before.protocol, before.first, Math.max(before.last, range.last)));
        });
        return merged;
    }

    boolean isWholeProtocol() {
        return first == 0 && last == HIGHEST;
    }

    /// What of it goes into a set beside the address.
    Key key() {
        if (protocol == null) return Key.ADDRESS;
        return isWholeProtocol() ? Key.PROTOCOL : first == last ? Key.PORT : Key.ADDRESS;
    }

    /// The parts of a set's element that the key speaks of.
    String values() {
        return switch (key()) {
            case ADDRESS -> "";
            case PROTOCOL -> " . " + number();
            case PORT -> " . " + number() + " . " + first;
        };
    }

    /// An expression for a rule of its own, or empty for everything.
    String match() {
        if (protocol == null) return "";
        return isWholeProtocol() ? "meta l4proto " + number() : destination(protocol) + range();
    }

    /// The part of [#match] that the key does not say.
    String rest() {
        return key() == Key.ADDRESS ? match() : "";
    }

    /// The form of nftables, `80` or `80-90`.
    String range() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }

    static String destination(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT) + " dport ";
    }

    private int number() {
        return protocol == null ? 0 : protocol.number();
    }
}

package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.flow.Protocol;
import java.util.Locale;

/// Ports in the words of nftables. Protocols are numbers: their names would be looked up in a file that may be missing.
///
/// @param key what of it goes into a set beside the address
/// @param values those parts of a set's element
/// @param match an expression for a rule of its own, or empty for everything
/// @param rest the part of `match` that the key does not say
record Ports(Key key, String values, String match, String rest) {

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

    static final Ports ALL = new Ports(Key.ADDRESS, "", "", "");

    static Ports of(Protocol protocol) {
        return new Ports(Key.PROTOCOL, " . " + protocol.number(), "meta l4proto " + protocol.number(), "");
    }

    static Ports of(Protocol protocol, int first, int last) {
        var match = protocol.name().toLowerCase(Locale.ROOT) + " dport " + first;
        if (first == last) return new Ports(Key.PORT, " . " + protocol.number() + " . " + first, match, "");
        return new Ports(Key.ADDRESS, "", match + "-" + last, match + "-" + last);
    }
}

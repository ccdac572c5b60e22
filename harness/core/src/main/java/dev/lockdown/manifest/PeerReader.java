package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Quote;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one entry of `from` or `to`.
final class PeerReader {
    private final NamespacedName policy;
    private final ManifestNotes notes;

    PeerReader(NamespacedName policy, ManifestNotes notes) {
        this.policy = policy;
        this.notes = notes;
    }

    Peer read(Value value) {
        var fields = value.fields().only("podSelector", "namespaceSelector", "ipBlock");
        var block = fields.get("ipBlock");
        var pods = selector(fields, "podSelector");
        var namespaces = selector(fields, "namespaceSelector");
        if (block == null && pods == null && namespaces == null) throw PolicyProblems.emptyPeer(fields);
        Stream.of("podSelector", "namespaceSelector", "ipBlock").filter(fields::isEmpty)
            .forEach(f -> notes.warn(fields.at(f), "NetworkPolicy", policy,
                "%s is empty and counts as absent; {} would select all".formatted(fields.pathOf(f))));
        if (block == null) return new Peer.Pods(pods, namespaces);
        if (pods != null || namespaces != null)
            throw PolicyProblems.blockBesideSelector(fields, pods != null ? "podSelector" : "namespaceSelector");
        return block(block.fields().only("cidr", "except"));
    }

    private static @Nullable LabelSelector selector(Fields peer, String field) {
        var value = peer.get(field);
        return value == null ? null : SelectorReader.read(value);
    }

    private static Peer block(Fields fields) {
        var cidr = cidr(fields.need("cidr", "cidr: 10.0.0.0/8"));
        List<Cidr> except = fields.items("except").stream().map(e -> strictlyInside(cidr, e)).toList();
        return new Peer.IpBlock(cidr, except);
    }

    private static Cidr strictlyInside(Cidr cidr, Value value) {
        var except = cidr(value);
        if (!isStrictlyInside(except, cidr)) throw PolicyProblems.exceptNotInside(value, except, cidr);
        return except;
    }

    private static boolean isStrictlyInside(Cidr inner, Cidr outer) {
        var a = inner.network().getAddress();
        var b = outer.network().getAddress();
        if (a.length != b.length || inner.prefixLength() <= outer.prefixLength()) return false;
        int host = a.length * 8 - outer.prefixLength();
        return new BigInteger(1, a).shiftRight(host).equals(new BigInteger(1, b).shiftRight(host));
    }

    private static Cidr cidr(Value value) {
        var text = value.text();
        if (!text.matches("[0-9a-fA-F:./]{1,64}")) throw PolicyProblems.badCidr(value, "%s is not a CIDR block".formatted(Quote.of(text)));
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            var why = String.valueOf(e.getMessage()).split("; expected", 2)[0];
            throw PolicyProblems.badCidr(value, why).causedBy(e);
        }
    }
}

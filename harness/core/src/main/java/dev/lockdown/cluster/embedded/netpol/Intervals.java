package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.nft.AddressRange;
import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Direction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The expressions of rules that speak of ranges: a rule's addresses are one look-up and its ports are another, so that a rule of hundreds
/// of ports and thousands of blocks costs the sum of the two and not their product.
///
/// A single range stands in the expression itself; several are a set of intervals that is named after its content. Whoever speaks of
/// the same ranges shares it, and no set changes while a packet looks into it.
final class Intervals {
    /// Of SHA-256: 96 bits, far too many for two contents to meet.
    private static final int NAME_BYTES = 12;

    private final Direction direction;
    private final Set<String> expressions = new LinkedHashSet<>();
    private final Map<String, Lookup> sets = new TreeMap<>();

    Intervals(Direction direction) {
        this.direction = direction;
    }

    /// Allow every address on every port.
    void allow(List<AddressRange> addresses, List<Ports> ports) {
        if (ports.isEmpty()) return;
        for (var family : Family.values()) {
            var ranges = AddressRange.merged(addresses.stream().filter(r -> r.family() == family));
            if (ranges.isEmpty()) continue;
            var texts = ranges.stream().map(AddressRange::toString).toList();
            var from = Allowance.address(family, direction) + " " + among(family == Family.IPV6 ? "ipv6_addr" : "ipv4_addr", texts);
            for (var port : matches(ports)) expressions.add((from + " " + port).strip());
        }
    }

    void allowEverybody(List<Ports> ports) {
        expressions.addAll(matches(ports));
    }

    Set<String> expressions() {
        return expressions;
    }

    Map<String, Lookup> sets() {
        return sets;
    }

    private List<String> matches(List<Ports> ports) {
        if (ports.contains(Ports.ALL)) return List.of("");
        var matches = new ArrayList<String>();
        for (var protocol : Protocol.values()) {
            var ranges = Ports.merged(ports.stream().filter(p -> p.protocol() == protocol));
            if (ranges.size() == 1) matches.add(ranges.getFirst().match());
            else
                if (!ranges.isEmpty())
                    matches.add(Ports.destination(protocol) + among("inet_service", ranges.stream().map(Ports::range).toList()));
        }
        return matches;
    }

    private String among(String type, List<String> ranges) {
        if (ranges.size() == 1) return ranges.getFirst();
        var name = "ranges_" + digest(type + " " + String.join(",", ranges));
        sets.computeIfAbsent(name, _ -> Lookup.intervals(type, ranges));
        return "@" + name;
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

package dev.lockdown.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every kind of peer alone, and every two of them side by side.
final class Peers {
    private static final String STEPS = """
        When this policy is applied to "x"
          \"""
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: peers}
          spec:
            podSelector: {matchLabels: {pod: a}}
            policyTypes: [%s]
            %s: [{%s: [<peers>]}]
          \"""
        Then on TCP/80 the truth table is
        %s
        And every flow is as the policies say""";

    private Peers() {}

    static GeneratedFeature of(Way way) {
        var blocks = "@ipblock";
        return GeneratedFeature.of("peers-%s.feature".formatted(way.field()), "@peers",
            "%s %s one peer, and %s two".formatted(way.type(), way.preposition(), way.preposition()), """
                A peer is a pod selector, a namespace selector, both in one entry, or a block of addresses. Two entries add up. Whether a block
                may mean pods is implementation-defined, so the blocks here are outside the cluster.""",
            List.of(
                outline(way, "", single().filter(p -> !hasBlock(p)).toList()),
                outline(way, blocks, single().filter(Peers::hasBlock).toList()),
                outline(way, "", pairs().filter(p -> !hasBlock(p)).toList()),
                outline(way, blocks, pairs().filter(Peers::hasBlock).toList())));
    }

    private static Stream<List<PeerKind>> single() {
        return PeerKind.ALL.stream().map(List::of);
    }

    private static Stream<List<PeerKind>> pairs() {
        var pairs = new ArrayList<List<PeerKind>>();
        for (int i = 0; i < PeerKind.ALL.size(); i++)
            for (int j = i + 1; j < PeerKind.ALL.size(); j++) pairs.add(List.of(PeerKind.ALL.get(i), PeerKind.ALL.get(j)));
        return pairs.stream();
    }

    private static boolean hasBlock(List<PeerKind> peers) {
        return peers.contains(PeerKind.BLOCK) || peers.contains(PeerKind.BLOCK_WITH_EXCEPTION);
    }

    private static Outline outline(Way way, String tags, List<List<PeerKind>> cases) {
        // Not every cluster has hosts outside that are ours; only blocks need them.
        var ends = Stream.of(End.values()).filter(end -> !tags.isEmpty() || !end.isOutside()).toList();
        var columns = new ArrayList<>(List.of("case", "peers"));
        for (var end : ends) columns.add(end.toString());
        var outline = new Outline(tags, STEPS.formatted(way.type(), way.field(), way.preposition(), table(way, ends)), columns);
        for (var peers : cases) outline.add(row(way, peers, ends));
        return outline;
    }

    private static List<String> row(Way way, List<PeerKind> peers, List<End> ends) {
        var row = new ArrayList<String>();
        row.add(
            "%s %s %s".formatted(way.type(), way.preposition(), peers.stream().map(PeerKind::words).collect(Collectors.joining(" or "))));
        row.add(peers.stream().map(PeerKind::yaml).collect(Collectors.joining(", ")));
        for (var end : ends) row.add(peers.stream().anyMatch(p -> p.means(end)) ? "open" : "blocked");
        return row;
    }

    private static String table(Way way, List<End> ends) {
        return switch (way) {
            case INGRESS -> Stream.concat(Stream.of("  | | x/a |"), ends.stream().map(e -> "  | %s | <%s> |".formatted(e, e)))
                .collect(Collectors.joining("\n"));
            case EGRESS -> "  | | %s |\n  | x/a | %s |".formatted(ends.stream().map(End::toString).collect(Collectors.joining(" | ")),
                ends.stream().map("<%s>"::formatted).collect(Collectors.joining(" | ")));
        };
    }
}

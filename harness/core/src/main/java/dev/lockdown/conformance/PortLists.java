package dev.lockdown.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Every kind of port, and pairs of them, of a rule whose peer is namespace `y`.
final class PortLists {
    private PortLists() {}

    static GeneratedFeature of(Way way) {
        return GeneratedFeature.of("ports-%s.feature".formatted(way.field()), "@ports",
            "%s on every kind of port".formatted(way.type()), """
                A port is of TCP unless it says otherwise; without a number it is every port of its protocol. A name means whatever number the
                destination gives it for that protocol, and nothing where it gives none.""",
            List.of(
                outline(way, "", PortKind.SINGLE),
                outline(way, "@named-port", PortKind.NAMED),
                outline(way, "@end-port", PortKind.RANGES),
                outline(way, "@pathological", PortKind.PATHOLOGICAL),
                outline(way, "", PortKind.PAIRS)));
    }

    private static Outline outline(Way way, String tags, List<PortKind> kinds) {
        var columns = new ArrayList<>(List.of("case", "rule"));
        columns.addAll(PortKind.ASKED);
        var outline = new Outline(tags, steps(way), columns);
        for (var kind : kinds) {
            var row = new ArrayList<>(List.of("%s on %s".formatted(way.type(), kind.words()), rule(way, kind)));
            for (var port : PortKind.ASKED) row.add(kind.open().contains(port) ? "open" : "blocked");
            outline.add(row);
        }
        return outline;
    }

    private static String rule(Way way, PortKind kind) {
        var peers = "%s: [%s]".formatted(way.preposition(), PeerKind.NAMESPACE.yaml());
        return kind.yaml().isEmpty() ? "{%s}".formatted(peers) : "{%s, ports: [%s]}".formatted(peers, kind.yaml());
    }

    private static String steps(Way way) {
        return """
            When this policy is applied to "x"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: ports}
              spec:
                podSelector: {matchLabels: {pod: a}}
                policyTypes: [%s]
                %s: [<rule>]
              \"""
            %s
            And every flow is as the policies say""".formatted(way.type(), way.field(), tables(way));
    }

    private static String tables(Way way) {
        var source = way == Way.INGRESS ? "y/b" : "x/a";
        var destination = way == Way.INGRESS ? "x/a" : "y/b";
        return PortKind.ASKED.stream().map(port -> """
            on %s the truth table is
              | | %s |
              | %s | <%s> |""".formatted(port, destination, source, port)).collect(Collectors.joining("\nAnd ", "Then ", ""));
    }
}

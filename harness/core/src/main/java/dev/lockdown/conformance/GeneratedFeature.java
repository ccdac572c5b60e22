package dev.lockdown.conformance;

import java.util.List;

/// One feature, as it is written.
///
/// @param file its name, such as `peers-ingress.feature`
public record GeneratedFeature(String file, String text) {

    /// The cast of all: nine pods of three namespaces, on both nodes, and three hosts outside.
    private static final String BACKGROUND = """
          Background:
            Given the namespaces
              | namespace | labels |
              | x         | ns=x   |
              | y         | ns=y   |
              | z         | ns=z   |
            And the pods
              | pod | labels | serves                                                                                                                           |
        %s    And the external hosts
              | host          | serves         | addresses      |
              | inside.test   | TCP/80, UDP/80 | 198.51.100.10  |
              | excepted.test | TCP/80, UDP/80 | 198.51.100.130 |
              | outside.test  | TCP/80, UDP/80 | 203.0.113.7    |
        """;
    private static final String SERVES = "serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, "
        + "serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81";

    static GeneratedFeature of(String file, String tags, String name, String description, List<Outline> outlines) {
        var text = new StringBuilder("# Written by ./lockdown dev generate; change dev.lockdown.conformance and run it again.\n");
        text.append("@conformance @generated ").append(tags).append("\nFeature: ").append(name).append("\n\n");
        description.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        text.append('\n').append(BACKGROUND.formatted(pods()));
        outlines.forEach(outline -> outline.writeTo(text));
        return new GeneratedFeature(file, text.toString());
    }

    private static String pods() {
        var rows = new StringBuilder();
        for (var namespace : List.of("x", "y", "z"))
            for (var pod : List.of("a", "b", "c")) rows.append("      | %s/%s | pod=%s  | %s |\n".formatted(namespace, pod, pod, SERVES));
        return rows.toString();
    }
}

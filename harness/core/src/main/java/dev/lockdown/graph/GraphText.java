package dev.lockdown.graph;

import dev.lockdown.graph.Graph.Edge;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A graph in the languages that other tools draw.
public final class GraphText {
    private GraphText() {}

    /// Write it for Graphviz.
    public static String dot(Graph graph) {
        var dot = new StringBuilder("digraph flows {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
        int number = 0;
        for (var group : graph.groups()) {
            dot.append("  subgraph cluster_").append(number++).append(" {\n    label=").append(quoted(group.name())).append(";\n");
            for (var node : group.nodes())
                dot.append("    ").append(quoted(node.id())).append(" [label=").append(quoted(node.label())).append("];\n");
            dot.append("  }\n");
        }
        for (var edge : graph.edges())
            dot.append("  ").append(quoted(edge.from())).append(" -> ").append(quoted(edge.to())).append(" [label=")
                .append(quoted(label(edge)))
                .append(style(edge)).append("];\n");
        return dot.append("}\n").toString();
    }

    private static String style(Edge edge) {
        return switch (edge.status()) {
            case ALLOWED -> "";
            case SOME, OPEN_QUESTION, SHUT, UNDECIDED, BROKEN, UNPROVEN -> ", style=dashed";
            case OPENED, DIFFERS, HEALED, UNNEEDED -> ", style=bold";
        };
    }

    private static String quoted(String text) {
        return '"' + shown(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// Write it for Mermaid, which README files on code hosts draw.
    public static String mermaid(Graph graph) {
        var text = new StringBuilder("flowchart LR\n");
        Map<String, String> ids = new HashMap<>();
        int number = 0;
        for (var group : graph.groups()) {
            text.append(String.format(Locale.ROOT, "  subgraph g%d[\"%s\"]\n", number++, escaped(group.name())));
            for (var node : group.nodes()) {
                ids.put(node.id(), "n" + ids.size());
                text.append(String.format(Locale.ROOT, "    %s[\"%s\"]\n", ids.get(node.id()), escaped(node.label())));
            }
            text.append("  end\n");
        }
        for (var edge : graph.edges())
            text.append(String.format(Locale.ROOT, "  %s %s|\"%s\"| %s\n", ids.get(edge.from()), arrow(edge), escaped(label(edge)),
                ids.get(edge.to())));
        return text.toString();
    }

    private static String arrow(Edge edge) {
        return switch (edge.status()) {
            case ALLOWED -> "-->";
            case SOME, OPEN_QUESTION, SHUT, UNDECIDED, BROKEN, UNPROVEN -> "-.->";
            case OPENED, DIFFERS, HEALED, UNNEEDED -> "==>";
        };
    }

    private static String label(Edge edge) {
        var ports = String.join(", ", edge.labels());
        return edge.status().sign().isEmpty() ? ports : String.format(Locale.ROOT, "%s (%s)", ports, edge.status().word());
    }

    private static String escaped(String text) {
        return shown(text).replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;").replace(">", "#gt;");
    }

    private static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> shown.appendCodePoint(Markup.isHidden(c) ? 0xFFFD : c));
        return shown.toString();
    }
}

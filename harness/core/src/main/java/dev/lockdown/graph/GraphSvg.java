package dev.lockdown.graph;

import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Layout.Box;
import dev.lockdown.graph.Layout.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Draws a graph. Whoever points at a node or an edge, or comes to it by the Tab key, sees what belongs to it; styles alone do that.
final class GraphSvg {
    private static final int LABELLED = 24;
    private static final int LONGEST_LABEL = 24;

    private final Graph graph;
    private final Layout layout;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();
    private int detours;

    private GraphSvg(Graph graph) {
        this.graph = graph;
        this.layout = Layout.of(graph);
    }

    static String of(Graph graph) {
        return new GraphSvg(graph).draw();
    }

    private String draw() {
        svg.append(
            String.format(Locale.ROOT,
                "<svg class=\"graph\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"group\" aria-label=\"Allowed flows as a graph\" xmlns=\"http://www.w3.org/2000/svg\">\n",
                layout.width(), layout.height(), layout.width(), layout.height()));
        svg.append("<defs>");
        for (var status : Graph.Status.values())
            svg.append(
                String.format(Locale.ROOT,
                    "<marker id=\"tip-%s\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\"><path class=\"tip %s\" d=\"M0 0L10 5L0 10z\"/></marker>",
                    status.style(), status.style()));
        svg.append("</defs>\n");
        layout.boxes().forEach(this::box);
        var places = layout.places().values().stream().sorted(Comparator.comparing((Place p) -> p.x()).thenComparing(Place::y)).toList();
        for (var place : places) {
            numbers.put(place.node().id(), numbers.size());
            node(place);
        }
        var edges = new ArrayList<>(graph.edges());
        // What is marked lies on top of what is usual.
        edges.sort(Comparator.comparing((Edge e) -> !e.status().sign().isEmpty()));
        boolean labelled = edges.size() <= LABELLED;
        for (var edge : edges) edge(edge, labelled || !edge.status().sign().isEmpty());
        svg.append("<style>");
        for (int i = 0; i < places.size(); i++)
            svg.append(String.format(Locale.ROOT,
                "#node-%d:is(:hover,:focus)~.edge:not(.of-%d){opacity:.1}#node-%d:is(:hover,:focus)~.of-%d .label{display:inline}", i, i, i,
                i));
        return svg.append("</style>\n</svg>\n").toString();
    }

    private void box(Box box) {
        svg.append(String.format(Locale.ROOT,
            "<g class=\"group\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/><text x=\"%d\" y=\"%d\">%s</text></g>\n",
            box.x(), box.y(), box.width(), box.height(), box.x() + 14, box.y() + 20, Markup.text(box.group().name())));
    }

    private void node(Place place) {
        var label = place.node().label();
        svg.append(
            String.format(Locale.ROOT,
                "<g class=\"node\" id=\"node-%d\" tabindex=\"0\" role=\"img\" aria-label=\"%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/><text x=\"%d\" y=\"%d\">%s</text></g>\n",
                number(place.node().id()), Markup.text(described(place.node().id())), Markup.text(described(place.node().id())),
                place.x(),
                place.y(), Layout.NODE_WIDTH, Layout.NODE_HEIGHT, place.x() + 10, place.y() + 20,
                Markup.text(shortened(label, LONGEST_LABEL))));
    }

    private int number(String node) {
        return Objects.requireNonNull(numbers.get(node));
    }

    private String described(String node) {
        long out = graph.edges().stream().filter(e -> e.from().equals(node)).count();
        long in = graph.edges().stream().filter(e -> e.to().equals(node)).count();
        return String.format(Locale.ROOT, "%s: reaches %d, is reached by %d", node, out, in);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private void edge(Edge edge, boolean labelled) {
        var from = place(edge.from());
        var to = place(edge.to());
        int leaving = spread(edge, true);
        var curve = Layout.isNext(from, to) ? Curve.between(from, to, leaving, spread(edge, false))
            : Curve.below(from, to, leaving, spread(edge, false), layout.below(from, to) + 12 + detours++ % 4 * 13);
        var status = edge.status();
        var ports = String.join(", ", edge.labels());
        var told = sentence(edge);
        svg.append(
            String.format(Locale.ROOT, "<g class=\"edge %s of-%d of-%d\" tabindex=\"0\" role=\"img\" aria-label=\"%s\"><title>%s</title>",
                status.style(),
                number(edge.from()), number(edge.to()), Markup.text(told),
                String.join("\n", lines(edge, told).stream().map(Markup::text).toList())));
        svg.append(String.format(Locale.ROOT,
            "<path class=\"near\" d=\"%s\"/><path class=\"line\" d=\"%s\"%s marker-end=\"url(#tip-%s)\"/>", curve.path(),
            curve.path(),
            status.dashes().isEmpty() ? "" : String.format(Locale.ROOT, " stroke-dasharray=\"%s\"", status.dashes()), status.style()));
        svg.append(
            String.format(Locale.ROOT, "<text class=\"label%s%s\" x=\"%d\" y=\"%d\">%s</text></g>\n", labelled ? "" : " quiet",
                from.x() == to.x() ? " beside" : "", curve.labelX(), curve.labelY(),
                Markup.text((status.sign() + " " + shortened(ports, LONGEST_LABEL)).strip())));
    }

    private static List<String> lines(Edge edge, String told) {
        var lines = new ArrayList<String>();
        lines.add(told);
        lines.addAll(edge.reasons());
        return lines;
    }

    static String sentence(Edge edge) {
        return String.format(Locale.ROOT, "%s to %s on %s: %s", edge.from(), edge.to(), String.join(", ", edge.labels()),
            edge.status().word());
    }

    /// How far from the middle of a node an edge ends, so that several do not lie on each other.
    private int spread(Edge edge, boolean source) {
        var node = source ? edge.from() : edge.to();
        var at = graph.edges().stream().filter(e -> e.from().equals(node) || e.to().equals(node)).toList();
        int room = Layout.NODE_HEIGHT - 8;
        return at.size() < 2 ? 0 : at.indexOf(edge) * room / (at.size() - 1) - room / 2;
    }

    private Place place(String node) {
        return Objects.requireNonNull(layout.places().get(node));
    }

    /// A curve from one node to another, and where its label stands.
    private record Curve(String path, int labelX, int labelY) {
        static Curve between(Place from, Place to, int leaving, int arriving) {
            int y1 = from.middle() + leaving;
            int y2 = to.middle() + arriving;
            if (from.x() == to.x()) {
                int bulge = 24 + Math.min(72, Math.abs(y2 - y1) / 3) + Math.abs(leaving);
                int end = y2 == y1 ? y2 + 1 : y2;
                return curve(from.right(), y1, from.right() + bulge, y1, to.right() + bulge, end, to.right(), end);
            }
            boolean right = from.x() < to.x();
            int x1 = right ? from.right() : from.x();
            int x2 = right ? to.x() : to.right();
            int pull = Math.max(60, Math.abs(x2 - x1) / 2);
            return curve(x1, y1, right ? x1 + pull : x1 - pull, y1, right ? x2 - pull : x2 + pull, y2, x2, y2);
        }

        /// A way around what stands between, whose lowest point is at that height.
        static Curve below(Place from, Place to, int leaving, int arriving, int lowest) {
            int y1 = from.middle() + leaving;
            int y2 = to.middle() + arriving;
            boolean right = from.x() < to.x();
            int x1 = right ? from.right() : from.x();
            int x2 = right ? to.x() : to.right();
            int pull = (right ? 1 : -1) * Math.max(90, Math.abs(x2 - x1) / 6);
            int y = (8 * lowest - y1 - y2) / 6;
            return curve(x1, y1, x1 + pull, y, x2 - pull, y, x2, y2);
        }

        private static Curve curve(int x1, int y1, int ax, int ay, int bx, int by, int x2, int y2) {
            return new Curve(String.format(Locale.ROOT, "M%d %dC%d %d %d %d %d %d", x1, y1, ax, ay, bx, by, x2, y2),
                (x1 + 3 * ax + 3 * bx + x2) / 8, (y1 + 3 * ay + 3 * by + y2) / 8);
        }
    }
}

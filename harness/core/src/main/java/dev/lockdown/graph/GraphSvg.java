package dev.lockdown.graph;

import dev.lockdown.graph.Drawing.Frame;
import dev.lockdown.graph.Drawing.Line;
import dev.lockdown.graph.Drawing.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes a drawing as SVG. Whoever points at a node or an edge, or comes to it by the Tab key, sees what belongs to it; styles alone do that.
final class GraphSvg {
    /// Below the picture, where whatever is pointed at is told with its reasons.
    private static final int TELLING = 116;
    private static final int MOST_REASONS = 4;
    private static final String ASKING = "Point at a line, or come to it by the Tab key: its reasons are told here.";

    private final Drawing drawing;
    private final String name;
    private final String told;
    private final StringBuilder svg = new StringBuilder();

    private GraphSvg(Drawing drawing, String name, String told) {
        this.drawing = drawing;
        this.name = name;
        this.told = told;
    }

    /// @param name that sets the ids of this picture apart from those of others in the page
    static String of(Graph graph, String name, String told) {
        return new GraphSvg(Drawing.of(graph), name, told).draw();
    }

    private String draw() {
        int height = drawing.height() + TELLING;
        add("<svg class=\"graph\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"group\" aria-label=\"%s\" xmlns=\"http://www.w3.org/2000/svg\">\n",
            drawing.width(), height, drawing.width(), height, Markup.text(told));
        svg.append("<defs>");
        for (var status : Graph.Status.values())
            add("<marker id=\"%stip-%s\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\"><path class=\"tip %s\" d=\"M0 0L10 5L0 10z\"/></marker>",
                name, status.style(), status.style());
        svg.append("</defs>\n");
        drawing.frames().forEach(this::frame);
        for (int i = 0; i < drawing.nodes().size(); i++) node(drawing.nodes().get(i), i);
        add("<foreignObject class=\"asking\" x=\"16\" y=\"%d\" width=\"%d\" height=\"%d\"><div>%s</div></foreignObject>\n",
            drawing.height(),
            drawing.width() - 32, TELLING - 8, drawing.lines().isEmpty() ? "" : ASKING);
        drawing.lines().forEach(this::line);
        drawing.nodes().forEach(this::face);
        svg.append("<style>");
        for (int i = 0; i < drawing.nodes().size(); i++)
            add("#%1$snode-%2$d:is(:hover,:focus)~.edge:not(.of-%2$d){opacity:.1}#%1$snode-%2$d:is(:hover,:focus)~.of-%2$d .label{display:inline}",
                name, i);
        return svg.append("</style>\n</svg>\n").toString();
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private void frame(Frame frame) {
        add("<g class=\"group\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/><text x=\"%d\" y=\"%d\">%s</text></g>\n",
            frame.x(),
            frame.y(), frame.width(), frame.height(), frame.x() + 14, frame.y() + 20, Markup.text(frame.name()));
    }

    private void node(Spot node, int number) {
        var told = Markup.text(node.told());
        add("<g class=\"node\" id=\"%snode-%d\" tabindex=\"0\" role=\"img\" aria-label=\"%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/></g>\n",
            name, number, told, told, node.x(), node.y(), Drawing.NODE_WIDTH, Drawing.NODE_HEIGHT);
    }

    /// What lies over the edges that run behind a node.
    private void face(Spot node) {
        add("<g class=\"face\" aria-hidden=\"true\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/><text x=\"%d\" y=\"%d\">%s</text></g>\n",
            node.x() + 2, node.y() + 2, Drawing.NODE_WIDTH - 4, Drawing.NODE_HEIGHT - 4, node.x() + 10, node.y() + 20,
            Markup.text(node.label()));
    }

    /// A title is shown to who points at it with a mouse, and never to who comes by the Tab key.
    private void telling(Line line) {
        add("<foreignObject class=\"telling\" x=\"16\" y=\"%d\" width=\"%d\" height=\"%d\"><div><b>%s</b>", drawing.height(),
            drawing.width() - 32, TELLING - 8, Markup.text(line.told()));
        int shown = line.reasons().size() > MOST_REASONS ? MOST_REASONS - 1 : line.reasons().size();
        line.reasons().subList(0, shown).forEach(r -> add("<br/>%s", Markup.text(r)));
        if (line.reasons().size() > shown) add("<br/>and %d more", line.reasons().size() - shown);
        svg.append("</div></foreignObject>");
    }

    private void line(Line line) {
        var status = line.status();
        var told = new ArrayList<>(List.of(line.told()));
        told.addAll(line.reasons());
        add("<g class=\"edge %s of-%d of-%d\" tabindex=\"0\" role=\"img\" aria-label=\"%s\"><title>%s</title>", status.style(), line.from(),
            line.to(), Markup.text(line.told()), String.join("\n", told.stream().map(Markup::text).toList()));
        add("<path class=\"near\" d=\"%s\"/><path class=\"line\" d=\"%s\"%s marker-end=\"url(#%stip-%s)\"/>", line.path(), line.path(),
            status.dashes().isEmpty() ? "" : String.format(Locale.ROOT, " stroke-dasharray=\"%s\"", status.dashes()), name,
            status.style());
        telling(line);
        add("<text class=\"label%s\" x=\"%d\" y=\"%d\">%s</text></g>\n", line.isQuiet() ? " quiet" : "", line.x(), line.y(),
            Markup.text(line.label()));
    }
}

package dev.lockdown.graph;

import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A graph in a page: the picture with its legend, and all of it again as a table, which is what a phone shows.
///
/// There is no script and no address in it, so a page may forbid both. Colours are custom properties (`--text`, `--muted`, `--line`,
/// `--card`, `--good`, `--bad`, `--doubt`, `--link`) that the page sets; [#style] has the rest.
public final class GraphHtml {
    private GraphHtml() {}

    public static String fragment(Graph graph) {
        return "<figure class=\"ways\">\n" + picture(graph, "", "Allowed flows as a graph") + table(graph.edges()) + "</figure>\n";
    }

    /// The picture and its legend alone, for a page that has a table of its own.
    ///
    /// @param name by which the page tells its pictures apart: letters and hyphens, or nothing where there is one
    /// @param told what is in the picture, for who does not see it
    public static String picture(Graph graph, String name, String told) {
        var html = new StringBuilder();
        html.append("<div class=\"picture\">\n").append(GraphSvg.of(graph, name, told)).append("</div>\n");
        html.append("<figcaption>");
        Arrays.stream(Status.values()).filter(s -> graph.edges().stream().anyMatch(e -> e.status() == s)).forEach(s -> html.append(
            String.format(Locale.ROOT,
                "<span class=\"key\"><svg width=\"44\" height=\"12\" aria-hidden=\"true\"><path class=\"line %s\" d=\"M1 6H43\"%s/></svg> %s%s</span>",
                s.style(), s.dashes().isEmpty() ? "" : String.format(Locale.ROOT, " stroke-dasharray=\"%s\"", s.dashes()),
                s.sign().isEmpty() ? "" : s.sign() + " ", s.word())));
        return html.append("</figcaption>\n").toString();
    }

    private static String table(List<Edge> edges) {
        if (edges.isEmpty()) return "<p>No flow is allowed.</p>\n";
        var html = new StringBuilder(
            "<table class=\"edges\"><thead><tr><th>from</th><th>to</th><th>on</th><th>is</th><th>because</th></tr></thead><tbody>\n");
        edges.stream().sorted((a, b) -> Boolean.compare(a.status().sign().isEmpty(), b.status().sign().isEmpty()))
            .forEach(e -> html.append(
                String.format(Locale.ROOT,
                    "<tr class=\"%s\"><td data-of=\"from\">%s</td><td data-of=\"to\">%s</td><td data-of=\"on\">%s</td><td data-of=\"is\">%s</td><td data-of=\"because\">%s</td></tr>\n",
                    e.status().style(), Markup.text(e.from()), Markup.text(e.to()), Markup.text(String.join(", ", e.labels())),
                    Markup.text((e.status().sign() + " " + e.status().word()).strip()),
                    String.join("<br>", e.reasons().stream().map(Markup::text).toList()))));
        return html.append("</tbody></table>\n").toString();
    }

    /// The style sheet of the fragment.
    public static String style() {
        return resource("graph.css");
    }

    /// A page of its own.
    ///
    /// @param title of the page, and its heading
    /// @param sentences that stand above the picture
    public static String page(String title, List<String> sentences, Graph graph) {
        var html = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <link rel="icon" href="data:,"/>
            """);
        html.append("<title>").append(Markup.text(title)).append("</title>\n<style>\n").append(resource("page.css")).append(style())
            .append("</style>\n</head>\n<body>\n<main>\n<h1>").append(Markup.text(title)).append("</h1>\n");
        for (var sentence : sentences) html.append("<p>").append(Markup.text(sentence)).append("</p>\n");
        return html.append(fragment(graph)).append("</main>\n</body>\n</html>\n").toString();
    }

    private static String resource(String name) {
        try (var resource = GraphHtml.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(resource, () -> name + " belongs to the jar").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(String.format(Locale.ROOT, "%s cannot be read from the jar", name), e);
        }
    }
}

package dev.lockdown.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.graph.Drawing;
import dev.lockdown.graph.Graph;
import java.io.IOException;
import java.util.List;

/// Packs the drawing of a graph, every row one after another:
///
/// ```
/// {"size": [WIDTH, HEIGHT], "frames": [[TEXT, x, y, width, height]…], "nodes": [[LABEL, TOLD, x, y]…],
///  "lines": [[FROM, TO, WAY, TOLD, PATH, LABEL, x, y, QUIET, REASONS]…]}
/// ```
final class PackedGraph {
    private final JsonGenerator json;
    private final Texts texts;
    private final Numbered<Graph.Status> ways = new Numbered<>();

    PackedGraph(JsonGenerator json, Texts texts) {
        this.json = json;
        this.texts = texts;
    }

    void write(Drawing drawing) throws IOException {
        json.writeObjectFieldStart("graph");
        json.writeFieldName("size");
        row(drawing.width(), drawing.height());
        json.writeArrayFieldStart("frames");
        for (var frame : drawing.frames()) row(texts.of(frame.name()), frame.x(), frame.y(), frame.width(), frame.height());
        json.writeEndArray();
        json.writeArrayFieldStart("nodes");
        for (var node : drawing.nodes()) row(texts.of(node.label()), texts.of(node.told()), node.x(), node.y());
        json.writeEndArray();
        json.writeArrayFieldStart("lines");
        for (var line : drawing.lines())
            row(line.from(), line.to(), ways.of(line.status()), texts.of(line.told()), texts.of(line.path()), texts.of(line.label()),
                line.x(),
                line.y(), line.isQuiet() ? 1 : 0, texts.of(line.reasons()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void row(int... numbers) throws IOException {
        json.writeArray(numbers, 0, numbers.length);
    }

    /// Write what the lines refer to: `[style, sign and word, dashes]` of each way that they are.
    void writeWays() throws IOException {
        json.writeArrayFieldStart("ways");
        for (var way : ways.values()) {
            var words = List.of(way.style(), (way.sign() + " " + way.word()).strip(), way.dashes());
            json.writeArray(words.toArray(String[]::new), 0, words.size());
        }
        json.writeEndArray();
    }
}

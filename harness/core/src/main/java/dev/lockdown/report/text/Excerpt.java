package dev.lockdown.report.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Quotes lines of a feature with parts of them underlined, each with a label beside its underline, or below where that is too
/// narrow. Of a line that does not fit, the part around the underline is shown.
///
/// ```
/// 27 | | from     | shop/api |
/// 28 | | shop/web | blocked  |
///    |              ^^^^^^^ observed open, 0.2 ms
/// ```
final class Excerpt {
    private final List<String> feature;
    private final int gutter;
    private final int width;
    private final List<Styled> lines = new ArrayList<>();
    private @Nullable Window header;

    /// The columns of a line that are shown.
    private record Window(int line, int from, int to) {
        boolean shows(int start, int end) {
            return start >= from && end <= to;
        }
    }

    /// @param gutter the width of the widest line number
    /// @param width of the screen
    Excerpt(List<String> feature, int gutter, int width) {
        this.feature = feature;
        this.gutter = gutter;
        this.width = width - gutter - 3;
    }

    /// A part of a line and what to say of it, nothing if the label is empty.
    record Mark(Place place, String label, Style style) {}

    /// Quote one line.
    ///
    /// @param marks at least one, from left to right, all of the same line
    List<Styled> quote(List<Mark> marks) {
        lines.clear();
        Window window = null;
        for (var mark : marks) {
            var ruler = new Ruler(mark.place().source());
            int start = ruler.column(mark.place().span().start());
            int end = ruler.column(mark.place().span().end());
            if (window == null || !window.shows(start, Math.min(end, start + width / 2))) {
                window = window(mark.place().line(), ruler, start, end);
                source(mark.place(), window);
            }
            underline(mark, start - window.from, Math.min(end, window.to) - window.from);
        }
        return List.copyOf(lines);
    }

    /// The whole line without its indentation if it fits, else a part with a third of the width before the underline.
    private Window window(int line, Ruler ruler, int start, int end) {
        int room = ruler.width() - width;
        int from = Math.min(ruler.indent(), start);
        if (room > from && end > from + width - 1) from = Math.max(from, Math.min(start - width / 3, room));
        return new Window(line, from, from + width);
    }

    private void source(Place place, Window window) {
        var above = new Window(place.header(), window.from, window.to);
        if (place.header() > 0 && !above.equals(header)) {
            lines.add(numbered(place.header(), Style.DIM, feature.get(place.header() - 1), window));
            header = above;
        }
        lines.add(numbered(place.line(), Style.PLAIN, place.source(), window));
    }

    private Styled numbered(int number, Style style, String source, Window window) {
        var gutterText = Columns.right(Integer.toString(number), gutter) + " | ";
        return Styled.of(Style.GUTTER, gutterText).and(style, new Ruler(source).slice(window.from, window.to).stripTrailing());
    }

    private void underline(Mark mark, int start, int end) {
        var carets = "^".repeat(Math.max(1, end - start));
        int beside = start + carets.length() + 1;
        var label = mark.label();
        if (label.isEmpty() || beside + Columns.width(label) <= width) {
            lines.add(margin(start).and(mark.style(), (carets + " " + label).stripTrailing()));
            return;
        }
        lines.add(margin(start).and(mark.style(), carets));
        int below = Math.max(0, Math.min(start, width - Columns.width(label)));
        Columns.wrap(label, width - below).forEach(part -> lines.add(margin(below).and(mark.style(), part)));
    }

    private Styled margin(int columns) {
        return Styled.of(Style.GUTTER, " ".repeat(gutter) + " | ").and(" ".repeat(columns));
    }
}

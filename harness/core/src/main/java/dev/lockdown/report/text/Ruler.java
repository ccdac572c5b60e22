package dev.lockdown.report.text;

/// A line of source as a terminal shows it, its tabs expanded to every fourth column.
final class Ruler {
    private static final int TAB = 4;

    private final String source;

    Ruler(String source) {
        this.source = source;
    }

    /// The column in which a character of the source starts, from zero.
    int column(int index) {
        int column = 0;
        for (int i = 0; i < index; i += Character.charCount(source.codePointAt(i))) column += width(source.codePointAt(i), column);
        return column;
    }

    int width() {
        return column(source.stripTrailing().length());
    }

    int indent() {
        return column(source.length() - source.stripLeading().length());
    }

    private static int width(int codePoint, int column) {
        return codePoint == '\t' ? TAB - column % TAB : Columns.width(codePoint);
    }

    /// What stands from one column to before another. Where more stands beside it, an ellipsis takes the outermost column; of a
    /// wide character that is cut in half, a blank is left.
    String slice(int from, int to) {
        var text = new StringBuilder();
        int first = from > indent() ? from + 1 : from;
        int last = to < width() ? to - 1 : to;
        if (first > from) text.append('…');
        int column = 0;
        for (int c : source.stripTrailing().codePoints().toArray()) {
            int end = column + width(c, column);
            if (c == '\t' || column < first || end > last) text.repeat(' ', Math.max(0, Math.min(end, last) - Math.max(column, first)));
            else text.appendCodePoint(c);
            column = end;
        }
        if (last < to) text.append('…');
        return text.toString();
    }
}

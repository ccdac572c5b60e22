package dev.lockdown.report.text;

import dev.lockdown.state.OutsideText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text measured in the columns of a terminal: East Asian wide characters and emoji take two, combining marks none.
final class Columns {
    private static final int[][] WIDE = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD}};

    private static final Pattern UNIT = Pattern.compile("(\\d) (ms|s|min)\\b");

    private Columns() {}

    static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) return 0;
        for (var range : WIDE) if (codePoint >= range[0] && codePoint <= range[1]) return 2;
        return 1;
    }

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /// Fill with spaces on the right.
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /// Fill with spaces on the left.
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /// Cut to a width, and show the cut.
    static String cut(String text, int width) {
        if (width(text) <= width) return text;
        var kept = new StringBuilder();
        int columns = 0;
        for (int c : text.codePoints().toArray()) {
            if (columns + width(c) > width - 1) break;
            kept.appendCodePoint(c);
            columns += width(c);
        }
        return kept + "…";
    }

    /// Break at spaces, but not between a number and its unit; a word that is longer than the width stands alone on its line,
    /// unbroken, so that it can be copied.
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : UNIT.matcher(text.strip()).replaceAll("$1\u00a0$2").split("\\s+")) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) line.append(' ');
            line.append(word);
        }
        lines.add(line.toString());
        return lines.stream().map(l -> l.replace('\u00a0', ' ')).toList();
    }

    /// Replace what could move the cursor, turn the direction of writing or hide what was written.
    static String printable(String text) {
        if (text.codePoints().noneMatch(OutsideText::isHarmful)) return text;
        return text.codePoints().map(c -> c == '\t' ? ' ' : c).map(c -> OutsideText.isHarmful(c) ? '\uFFFD' : c)
            .mapToObj(Character::toString).collect(Collectors.joining());
    }

    /// Replace what is not ASCII by stand-ins of the same width.
    static String ascii(String text) {
        return text.codePoints().mapToObj(c -> c < 128 ? Character.toString(c) : standIn(c)).collect(Collectors.joining());
    }

    private static String standIn(int codePoint) {
        return switch (codePoint) {
            case '✓' -> "+";
            case '✗' -> "x";
            case '·', '–', '—' -> "-";
            case '…' -> "~";
            case '×' -> "x";
            case '→' -> ">";
            case '“', '”' -> "\"";
            case '‘', '’' -> "'";
            default -> "?".repeat(width(codePoint));
        };
    }
}

package dev.lockdown.manifest.yaml;

import java.util.ArrayList;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// The text to read, and where its first character stands: at 1:1 of a file, or amid a feature.
public final class Source {
    /// The largest bundle of custom resource definitions seen in the wild is a quarter of this.
    public static final int LONGEST = 16 << 20;

    private final Position first;
    private final String text;
    private final int[] offsets;
    private final boolean mayBeAnything;

    public Source(Position first, String text) {
        this(first, text, false);
    }

    /// @param mayBeAnything whether it was found in a folder, where people keep other things beside objects
    public Source(Position first, String text, boolean mayBeAnything) {
        if (text.length() > LONGEST) throw YamlProblems.tooLong(first, LONGEST);
        this.first = first;
        this.mayBeAnything = mayBeAnything;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.offsets = this.text.codePoints().allMatch(Character::isBmpCodePoint) ? new int[0] : offsetsOf(this.text);
    }

    /// The file that it is of, as messages name it.
    public String file() {
        return first.file();
    }

    public String text() {
        return text;
    }

    public boolean mayBeAnything() {
        return mayBeAnything;
    }

    Position at(Mark mark) {
        return at(mark.getLine(), mark.getColumn());
    }

    /// Locate a line and column that count from zero.
    Position at(int line, int column) {
        return new Position(first.file(), first.line() + line, first.column() + column);
    }

    /// Locate a code point by its index.
    Position at(int index) {
        var before = text.substring(0, offset(index));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return at(line, before.length() - before.lastIndexOf('\n') - 1);
    }

    /// Locate a line of a scalar's value, counted from zero: lines of a block are lines of the source, of every other scalar it is its first.
    public Position lineOf(Yaml.Scalar scalar, int line) {
        int from = offset(scalar.span().from());
        if (from >= text.length() || text.charAt(from) != '|' && text.charAt(from) != '>') return scalar.at();
        return new Position(scalar.at().file(), scalar.at().line() + 1 + line, 1);
    }

    /// Quote the code points from `from` to `to`, without blank lines around them.
    String between(int from, int to) {
        var stretch = text.substring(offset(from), offset(Math.max(from, to)));
        int blank = stretch.length() - stretch.stripLeading().length();
        return stretch.substring(stretch.lastIndexOf('\n', blank - 1) + 1).stripTrailing();
    }

    /// Quote a node as if it stood alone: its lines moved left by the column where it starts, without comments on what comes next.
    public String alone(Yaml.Span span) {
        int indent = Math.max(span.at().column() - first.column(), 0);
        var lines = new ArrayList<>(between(span.from(), span.to()).lines().toList());
        while (lines.size() > 1 && isAside(lines.getLast(), indent)) lines.removeLast();
        return String.join("\n", lines).replaceAll("(?m)^ {0,%s}".formatted(indent), "");
    }

    private static boolean isAside(String line, int indent) {
        var content = line.stripLeading();
        return content.isEmpty() || content.startsWith("#") && line.length() - content.length() < indent;
    }

    /// Give the line that a position is in.
    String line(Position at) {
        return text.lines().skip(Math.max(at.line() - first.line(), 0)).findFirst().orElse("");
    }

    int offset(int index) {
        int known = offsets.length == 0 ? index : index < offsets.length ? offsets[index] : text.length();
        return Math.min(known, text.length());
    }

    /// Where each code point starts, for texts in which some take two characters.
    private static int[] offsetsOf(String text) {
        var offsets = new int[text.codePointCount(0, text.length())];
        for (int i = 0, at = 0; i < offsets.length; i++, at = text.offsetByCodePoints(at, 1)) offsets[i] = at;
        return offsets;
    }
}

package dev.lockdown.report.text;

import java.util.stream.Collectors;

/// What is written to.
///
/// @param width in columns, at least 40
/// @param colour whether escape sequences may colour the text
/// @param live whether the last line may be rewritten
/// @param unicode whether more than ASCII can be shown; else each character has a stand-in of the same width
public record Screen(int width, boolean colour, boolean live, boolean unicode) {
    public Screen {
        width = Math.max(width, 40);
    }

    /// Files and pipes.
    public static Screen plain(int width) {
        return new Screen(width, false, false, true);
    }

    String render(Styled line) {
        return line.segments().stream().map(this::render).collect(Collectors.joining());
    }

    private String render(Styled.Segment segment) {
        var text = unicode ? segment.text() : Columns.ascii(segment.text());
        return colour && !segment.style().code().isEmpty() ? "\u001b[%sm%s\u001b[0m".formatted(segment.style().code(), text) : text;
    }
}

package dev.lockdown.report.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A line of text in pieces of one style each, free of control characters.
record Styled(List<Segment> segments) {
    record Segment(Style style, String text) {
        Segment {
            text = Columns.printable(text);
        }
    }

    static Styled of(String text) {
        return new Styled(List.of(new Segment(Style.PLAIN, text)));
    }

    static Styled of(Style style, String text) {
        return new Styled(List.of(new Segment(style, text)));
    }

    Styled and(Style style, String text) {
        return new Styled(Stream.concat(segments.stream(), Stream.of(new Segment(style, text))).toList());
    }

    Styled and(String text) {
        return and(Style.PLAIN, text);
    }

    /// Put text in front.
    Styled after(Style style, String text) {
        return new Styled(Stream.concat(Stream.of(new Segment(style, text)), segments.stream()).toList());
    }

    String text() {
        return segments.stream().map(Segment::text).collect(Collectors.joining());
    }
}

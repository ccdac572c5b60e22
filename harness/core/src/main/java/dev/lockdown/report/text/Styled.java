package dev.lockdown.report.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A line of text in pieces of one hue each, free of control characters.
record Styled(List<Segment> segments) {
    record Segment(Hue hue, String text) {
        Segment {
            text = Columns.printable(text);
        }
    }

    static Styled of(String text) {
        return new Styled(List.of(new Segment(Hue.PLAIN, text)));
    }

    static Styled of(Hue hue, String text) {
        return new Styled(List.of(new Segment(hue, text)));
    }

    Styled and(Hue hue, String text) {
        return new Styled(Stream.concat(segments.stream(), Stream.of(new Segment(hue, text))).toList());
    }

    Styled and(String text) {
        return and(Hue.PLAIN, text);
    }

    /// Put text in front.
    Styled after(Hue hue, String text) {
        return new Styled(Stream.concat(Stream.of(new Segment(hue, text)), segments.stream()).toList());
    }

    String text() {
        return segments.stream().map(Segment::text).collect(Collectors.joining());
    }
}

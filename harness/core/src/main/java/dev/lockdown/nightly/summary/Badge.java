package dev.lockdown.nightly.summary;

import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.NightStatus;
import dev.lockdown.report.junit.XmlDocument;

/// A small picture for a README: what the night came to. It asks for no font and no picture of others.
final class Badge {
    private static final String LABEL = "lockdown nightly";
    /// Of the text of a badge, about; the text is stretched to fit.
    private static final int CHARACTER = 7;
    private static final int MARGIN = 8;
    private static final int HEIGHT = 20;

    private Badge() {}

    static String svg(Findings findings) {
        var text = text(findings);
        int left = width(LABEL);
        int right = width(text);
        var svg = new XmlDocument();
        svg.open("svg").attribute("xmlns", "http://www.w3.org/2000/svg").attribute("width", number(left + right))
            .attribute("height", number(HEIGHT)).attribute("role", "img").attribute("aria-label", "%s: %s".formatted(LABEL, text));
        svg.open("title").text("%s: %s".formatted(LABEL, text)).close();
        svg.open("rect").attribute("width", number(left + right)).attribute("height", number(HEIGHT)).attribute("rx", "3")
            .attribute("fill", "#414850").close();
        // The right half, round on its right side alone.
        svg.open("path").attribute("fill", colour(NightStatus.of(findings.cells())))
            .attribute("d", "M%s 0h%sa3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-%sz".formatted(number(left), number(right - 3), number(right - 3)))
            .close();
        svg.open("g").attribute("fill", "#ffffff").attribute("font-family", "Verdana,DejaVu Sans,sans-serif").attribute("font-size", "11");
        label(svg, LABEL, MARGIN);
        label(svg, text, left + MARGIN);
        return svg.close().close().end();
    }

    private static void label(XmlDocument svg, String text, int x) {
        svg.open("text").attribute("x", number(x)).attribute("y", "14").attribute("textLength", number(width(text) - 2 * MARGIN))
            .attribute("lengthAdjust", "spacingAndGlyphs").text(text).close();
    }

    /// Says more than its colour.
    private static String text(Findings findings) {
        var cells = findings.cells();
        var status = NightStatus.of(cells);
        long good = cells.stream().filter(c -> c.outcome().state().hasVerdicts() && NightStatus.of(c) == NightStatus.GOOD).count();
        var of = "%s of %s good".formatted(Long.toString(good), Integer.toString(cells.size()));
        return switch (status) {
            case GOOD -> of;
            case FAILED -> "failing, " + of;
            case INCONCLUSIVE -> "inconclusive, " + of;
            case DEFECT, BAD_INPUT, CANNOT_START -> "cannot run, " + of;
        };
    }

    /// White on each of them is readable (4.5 to 1).
    private static String colour(NightStatus status) {
        return switch (status) {
            case GOOD -> "#1a6b3c";
            case FAILED, DEFECT, BAD_INPUT, CANNOT_START -> "#b0261c";
            case INCONCLUSIVE -> "#7f5300";
        };
    }

    private static int width(String text) {
        return text.length() * CHARACTER + 2 * MARGIN;
    }

    private static String number(int number) {
        return Integer.toString(number);
    }
}

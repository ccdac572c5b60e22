package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The page's colours")
class ContrastTest {
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");

    /// WCAG 2.2, 1.4.3: 4.5 to 1 for text.
    @ParameterizedTest
    @CsvSource({"text, page", "text, card", "text, inset", "text, bad-tint", "muted, page", "muted, card", "muted, inset", "good, card",
        "bad, card", "doubt, card", "quiet, card", "link, card", "link, page", "good, good-tint", "bad, bad-tint", "doubt, doubt-tint",
        "quiet, quiet-tint", "good, inset", "bad, inset", "doubt, inset"})
    void are_readable_by_day_and_by_night(String text, String ground) {
        var css = HtmlReport.render(SampleJournal.RUN, "reports/20261122-140311");
        int night = css.indexOf("prefers-color-scheme: dark");
        for (var palette : new String[] {css.substring(0, night), css.substring(night)}) {
            var colours = colours(palette);
            assertThat(contrast(colours.get(text), colours.get(ground))).as("%s on %s", text, ground).isGreaterThanOrEqualTo(4.5);
        }
    }

    private static Map<String, Integer> colours(String css) {
        var colours = new HashMap<String, Integer>();
        COLOUR.matcher(css).results().forEach(m -> colours.put(m.group(1), Integer.parseInt(m.group(2), 16)));
        return colours;
    }

    private static double contrast(int a, int b) {
        double light = Math.max(luminance(a), luminance(b));
        double dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}

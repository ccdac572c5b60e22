package dev.lockdown.nightly.page;

import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A cell as a whole.
///
/// @param settings in words
/// @param counts of its scenarios
/// @param problem why it is not simply done, or empty
/// @param trend how many scenarios did not pass, night by night
record CellRow(String anchor, String name, Mark mark, String settings, String plugins, List<Tally> counts, String took, String problem,
        CellLinks links, Trend trend, String trendWords) {

    record Tally(Mark mark, long count) {}

    static CellRow of(int number, Findings.OfCell cell, CellLinks links) {
        var outcome = cell.outcome();
        var settings = cell.cell().named().entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
        var digest = cell.digest();
        var trend = Trend.of(cell.heads().stream().map(h -> h.ended().stream().filter(Ended::isFaulty).count()).toList());
        return new CellRow("c" + number, cell.cell().name(), Mark.of(cell), String.join(" · ", settings),
            digest == null ? "" : String.join(", ", digest.info().plugins()), counts(cell),
            outcome.took().isZero() ? "" : Figures.duration(outcome.took()), outcome.problem() == null ? "" : outcome.problem(), links,
            trend, trend.least() == trend.greatest() ? "%s not passed in each of %s".formatted(number(trend.greatest()), nights(trend))
                : "%s to %s not passed in %s".formatted(number(trend.least()), number(trend.greatest()), nights(trend)));
    }

    static String nights(Trend trend) {
        return Figures.count(trend.nights(), "night");
    }

    private static String number(long number) {
        return Long.toString(number);
    }

    private static List<Tally> counts(Findings.OfCell cell) {
        var tallies = new ArrayList<Tally>();
        Arrays.stream(Counts.values()).filter(c -> cell.count(c) > 0).forEach(c -> tallies.add(new Tally(Mark.of(c), cell.count(c))));
        return tallies;
    }
}

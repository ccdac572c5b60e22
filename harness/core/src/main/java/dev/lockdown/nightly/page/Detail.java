package dev.lockdown.nightly.page;

import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Judged.Counts;
import java.util.List;

/// How much is told of each scenario that did not pass. A cluster that enforces nothing fails in everything: then a page that stays small
/// tells less of each, and the reports of the cells have the rest.
///
/// @param scenarios of a feature in a cell; of the others the names are told
/// @param flows of each scenario
/// @param problem how many characters of what is wrong with it
record Detail(int scenarios, int flows, int problem) {
    private static final int ALL = Integer.MAX_VALUE;

    static Detail of(List<Findings.OfCell> cells) {
        long telling = cells.stream().flatMap(c -> c.judged().stream())
            .filter(j -> j.counts() != Counts.PASSED && j.counts() != Counts.SKIPPED).count();
        return telling <= 200 ? new Detail(ALL, 20, 300) : telling <= 1000 ? new Detail(ALL, 5, 200) : new Detail(3, 1, 80);
    }

    String shortened(String text) {
        return text.length() <= problem ? text : text.substring(0, problem - 1) + "…";
    }
}

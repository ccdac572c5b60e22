package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.List;

/// The entries of a journal with every verdict computed again from what was seen and the controls that were found.
///
/// @param verdicts how many there are
/// @param differing those that do not come out as they were recorded: the journal was changed, or judged by other rules
public record JudgedAgain(List<Entry> entries, long verdicts, List<Difference> differing) {
    public JudgedAgain {
        entries = List.copyOf(entries);
        differing = List.copyOf(differing);
    }

    /// @param line of the step in its feature
    public record Difference(String scenario, int line, Cell recorded, Cell again) {
        @Override
        public String toString() {
            return "%s, line %s: %s was recorded as %s, and judged again it is %s".formatted(scenario, Integer.toString(line),
                Wording.flow(recorded), Wording.of(recorded.verdict()), Wording.of(again.verdict()));
        }
    }

    public static JudgedAgain of(List<Entry> entries) {
        var again = new ArrayList<Entry>(entries.size());
        var differing = new ArrayList<Difference>();
        long verdicts = 0;
        for (var entry : entries) {
            if (entry instanceof Entry.Judged judged) {
                again.add(judged(judged, differing));
                verdicts += judged.judgement().cells().size();
            } else again.add(entry);
        }
        return new JudgedAgain(again, verdicts, differing);
    }

    private static Entry.Judged judged(Entry.Judged recorded, List<Difference> differing) {
        var judgement = recorded.judgement();
        var cells = new ArrayList<Cell>(judgement.cells().size());
        for (var cell : judgement.cells()) {
            var again = cell.judgedAgain();
            cells.add(again);
            if (!again.verdict().equals(cell.verdict()))
                differing.add(new Difference(recorded.scenario(), recorded.line(), cell, again));
        }
        return new Entry.Judged(recorded.at(), recorded.scenario(), recorded.line(),
            new Judgement(judgement.scope(), cells, judgement.rounds(), judgement.took()));
    }

    /// `115,657 verdicts, all as recorded`
    public String sentence() {
        return Figures.count(verdicts, "verdict") + ", "
            + (differing.isEmpty() ? "all as recorded" : "%s of them not as recorded".formatted(Integer.toString(differing.size())));
    }
}

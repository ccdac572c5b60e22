package dev.lockdown.report;

import dev.lockdown.chaos.TimeWording;
import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Hands on the entries of a journal with every verdict computed again from what was seen and the controls that were found, and counts
/// those that do not come out as they were recorded: the journal was changed, or judged by other rules. Not for use by several threads.
///
/// ```java
/// var builder = new RunBuilder();
/// var again = new JudgedAgain(builder);
/// JournalReader.read(folder, notes, again);
/// System.out.println(JudgedAgain.sentence(again.verdicts(), again.differing().size()));
/// ```
public final class JudgedAgain implements Consumer<Entry> {
    private final Consumer<Entry> next;
    private final List<Difference> differing = new ArrayList<>();
    private long verdicts;

    public JudgedAgain(Consumer<Entry> next) {
        this.next = next;
    }

    /// @param line of the step in its feature
    /// @param flow in words
    public record Difference(String scenario, int line, String flow, String recorded, String again) {
        static Difference of(Entry.Judged of, Cell recorded, Cell again) {
            return new Difference(of.scenario(), of.line(), Wording.flow(recorded), Wording.of(recorded.verdict()),
                Wording.of(again.verdict()));
        }

        static Difference of(Entry.Measured recorded, Entry.Measured again) {
            return new Difference(recorded.scenario(), recorded.line(), recorded.flow().toString(), word(recorded),
                "%s: %s".formatted(word(again), TimeWording.of(again.flow().toString(), again.verdict())));
        }

        private static String word(Entry.Measured measured) {
            return switch (measured.verdict().ruling()) {
                case HOLDS -> "true";
                case FAILS -> "false";
                case INCONCLUSIVE -> "inconclusive";
                case NOT_JUDGED -> "not judged";
            };
        }

        @Override
        public String toString() {
            return "%s, line %s: %s was recorded as %s, and judged again it is %s".formatted(scenario, Integer.toString(line), flow,
                recorded, again);
        }
    }

    @Override
    public void accept(Entry entry) {
        next.accept(entry instanceof Entry.Judged judged ? again(judged) : entry);
    }

    private Entry.Judged again(Entry.Judged recorded) {
        var judgement = recorded.judgement();
        var cells = new ArrayList<Cell>(judgement.cells().size());
        verdicts += judgement.cells().size();
        for (var cell : judgement.cells()) {
            var again = cell.judgedAgain();
            cells.add(again);
            if (!again.verdict().equals(cell.verdict()))
                differing.add(Difference.of(recorded, cell, again));
        }
        return new Entry.Judged(recorded.at(), recorded.scenario(), recorded.line(),
            new Judgement(judgement.scope(), cells, judgement.rounds(), judgement.took()));
    }

    /// How many verdicts there were so far.
    public long verdicts() {
        return verdicts;
    }

    /// Those that did not come out as they were recorded, in the order of the journal.
    public List<Difference> differing() {
        return List.copyOf(differing);
    }

    /// `115,657 verdicts, all as recorded`
    ///
    /// @param verdicts how many there were
    /// @param differing of them, how many do not come out as they were recorded
    public static String sentence(long verdicts, int differing) {
        return Figures.count(verdicts, "verdict") + ", "
            + (differing == 0 ? "all as recorded" : "%s of them not as recorded".formatted(Integer.toString(differing)));
    }
}

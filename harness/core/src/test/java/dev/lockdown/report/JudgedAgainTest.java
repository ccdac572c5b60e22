package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A journal that is judged again")
class JudgedAgainTest {
    private static final Cell SILENT = Script.cell("shop/web", "shop/api", 5, "blocked", "blocked");
    private static final Cell ANSWERED = Script.cell("shop/web", "shop/db", 5, "open", "open");

    @Test
    void has_the_entries_that_it_had_where_nothing_was_changed() {
        var entries = journal(SILENT, ANSWERED);
        var handedOn = new ArrayList<Entry>();
        var again = again(entries, handedOn);
        assertThat(handedOn).isEqualTo(entries);
        assertThat(again.differing()).isEmpty();
        assertThat(JudgedAgain.sentence(again.verdicts(), again.differing().size())).isEqualTo("2 verdicts, all as recorded");
    }

    @Test
    void counts_the_verdicts_of_every_step() {
        var entries = Script.run().scenario(3, Status.PASSED, null, s -> s.table(4, SILENT, ANSWERED).table(5, SILENT)).entries();
        assertThat(again(entries, new ArrayList<>()).verdicts()).isEqualTo(3);
    }

    @Test
    void says_which_verdict_does_not_come_out_as_it_was_recorded() {
        var changed = withVerdictOf(SILENT, ANSWERED);
        var again = again(journal(changed, ANSWERED), new ArrayList<>());
        assertThat(again.differing()).hasSize(1);
        assertThat(again.differing().getFirst()).hasToString("features/a.feature:3, line 4: shop/web to shop/api on TCP/80 was recorded as "
            + "open, and judged again it is blocked (dropped)");
        assertThat(JudgedAgain.sentence(again.verdicts(), again.differing().size())).isEqualTo("2 verdicts, 1 of them not as recorded");
    }

    @Test
    void takes_the_new_verdict_and_keeps_the_rest_of_the_judgement() {
        var handedOn = new ArrayList<Entry>();
        again(journal(withVerdictOf(SILENT, ANSWERED)), handedOn);
        var judgement = judgement(handedOn);
        assertThat(judgement.cells()).extracting(Cell::verdict).hasOnlyElementsOfType(Verdict.Blocked.class);
        assertThat(judgement).isEqualTo(judgement(journal(SILENT)));
    }

    private static JudgedAgain again(List<Entry> entries, List<Entry> handedOn) {
        var again = new JudgedAgain(handedOn::add);
        entries.forEach(again);
        return again;
    }

    private static Cell withVerdictOf(Cell cell, Cell other) {
        return new Cell(cell.question(), cell.observations(), cell.control(), other.verdict(), cell.reasons(), cell.eitherWay(),
            cell.translatedFrom());
    }

    private static List<Entry> journal(Cell... cells) {
        return Script.run().scenario(3, Status.PASSED, null, s -> s.table(4, cells)).entries();
    }

    private static Judgement judgement(List<Entry> entries) {
        return entries.stream().filter(Entry.Judged.class::isInstance).map(e -> ((Entry.Judged) e).judgement()).findFirst().orElseThrow();
    }
}

package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reasons that are worded ahead")
class ReasonsAheadTest {
    private static final List<Entry> ENTRIES = Script.run()
        .scenario(3, Status.PASSED, null, s -> s.table(4, Script.cell("shop/web", "shop/api", 5, "blocked", "blocked"))).finished(0, null)
        .entries();

    @Test
    void are_asked_for_once_for_every_judgement_behind_what_is_handed_on() {
        var handedOn = new ArrayList<Entry>();
        var work = new ArrayList<Runnable>();
        ENTRIES.forEach(new ReasonsAhead(handedOn::add, work::add));
        assertThat(handedOn).isEqualTo(ENTRIES);
        assertThat(work).hasSize(1);
        work.getFirst().run();
    }
}

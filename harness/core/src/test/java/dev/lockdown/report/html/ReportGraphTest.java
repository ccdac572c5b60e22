package dev.lockdown.report.html;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Script;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A scenario's graph in the page")
class ReportGraphTest {

    private static Packed packed(Consumer<Script.Steps> steps) {
        return Packed.of(HtmlReport.render(Script.run().scenario(3, Status.FAILED, null, steps).toRun(), "reports/x"));
    }

    private static JsonNode graph(Packed packed) {
        return packed.json().path("scenarios").path(0).path("graph");
    }

    private static List<String> lines(Packed packed) {
        return Packed.list(graph(packed).path("lines")).stream().map(l -> packed.text(l.path(3))).toList();
    }

    @Test
    void has_what_was_open_last_and_what_changed_and_what_differs() {
        var packed = packed(s -> s
            .table(4, cell("shop/a", "shop/b", 4, "open", "open"), cell("shop/a", "crm/c", 4, "open", "open"),
                cell("shop/b", "crm/c", 4, "blocked", "blocked"), cell("shop/b", "shop/a", 4, "blocked", "blocked"),
                cell("crm/c", "shop/a", 4, "blocked", "open"), cell("crm/c", "shop/b", 4, "blocked", "unproven"))
            .step(4, "Then", "x", Status.FAILED, null)
            .table(6, cell("shop/a", "crm/c", 6, "blocked", "blocked"), cell("shop/b", "crm/c", 6, "open", "open"))
            .step(6, "Then", "y", Status.PASSED, null));
        assertThat(lines(packed)).containsExactlyInAnyOrder("shop/a to shop/b on TCP/80: allowed", "shop/a to crm/c on TCP/80: shut",
            "shop/b to crm/c on TCP/80: opened", "crm/c to shop/a on TCP/80: not as expected", "crm/c to shop/b on TCP/80: undecided");
        assertThat(Packed.list(graph(packed).path("frames"))).extracting(f -> packed.text(f.path(0))).containsExactlyInAnyOrder("shop",
            "crm");
        assertThat(Packed.list(graph(packed).path("nodes"))).extracting(n -> packed.text(n.path(0))).containsExactlyInAnyOrder("a", "b",
            "c");
        assertThat(packed.json().path("ways")).extracting(w -> w.path(1).asText()).contains("allowed", "+ opened", "− shut",
            "≠ not as expected");
    }

    @Test
    void is_left_out_where_nothing_was_open_and_nothing_differs() {
        var packed = packed(s -> s.table(4, cell("shop/a", "shop/b", 4, "blocked", "blocked")).step(4, "Then", "x", Status.PASSED, null));
        assertThat(graph(packed).isMissingNode()).isTrue();
    }

    @Test
    void takes_little_room_in_a_run_of_everything() {
        var one = HtmlReport.render(SampleJournal.RUN, "reports/x").length();
        var many = HtmlReport.render(SampleJournal.times(40), "reports/x").length();
        assertThat((many - one) / (39 * SampleJournal.RUN.scenarios().size())).as("characters for each further scenario").isLessThan(2500);
    }
}

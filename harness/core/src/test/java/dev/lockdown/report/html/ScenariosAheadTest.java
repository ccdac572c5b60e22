package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.CellCounts;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.Script;
import dev.lockdown.report.conformance.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Scenarios that are packed as they are read")
class ScenariosAheadTest {
    @TempDir
    Path folder;

    private String page(List<Entry> entries, RunBuilder builder, Executor others) throws IOException {
        var ahead = new ScenariosAhead(builder, others);
        entries.forEach(ahead);
        HtmlReport.write(builder.run(), ahead, folder.resolve("report.html"));
        return Files.readString(folder.resolve("report.html"));
    }

    @Test
    void make_the_same_page() throws IOException {
        for (Executor others : List.<Executor>of(Runnable::run, _ -> {}, Thread::startVirtualThread)) {
            var builder = new RunBuilder();
            var page = page(SampleJournal.entries(), builder, others);
            var whole = HtmlReport.render(SampleJournal.RUN, folder.toString());
            assertThat(steps(page)).hasSizeGreaterThan(40).isEqualTo(steps(whole));
            assertThat(withoutData(page)).isEqualTo(withoutData(whole));
        }
    }

    /// In the order of the page, with all that they refer to.
    private static List<String> steps(String page) {
        var packed = Packed.of(page);
        return packed.steps().stream().map(step -> "%s %s %s %s".formatted(packed.text(step.path("keyword")),
            packed.text(step.path("text")), packed.text(step.path("problem")),
            Packed.list(step.path("judged")).stream().map(packed::flows).toList())).toList();
    }

    private static String withoutData(String page) {
        return page.replaceAll("(?s)id=\"packed\">[^<]*<", "");
    }

    @Test
    void leave_only_verdicts_that_differ_and_the_number_of_the_others() throws IOException {
        var builder = new RunBuilder();
        page(SampleJournal.entries(), builder, Runnable::run);
        var kept = builder.run();
        assertThat(kept.scenarios()).extracting(ScenarioRun::failures)
            .usingRecursiveComparison().isEqualTo(SampleJournal.RUN.scenarios().stream().map(ScenarioRun::failures).toList());
        assertThat(judged(kept.scenarios())).isNotEmpty().hasSizeLessThan(judged(SampleJournal.RUN.scenarios()).size() / 2)
            .allMatch(j -> !j.judgement().differing().isEmpty());
        var counts = kept.scenarios().stream().map(ScenarioRun::cells).reduce(CellCounts.NONE, CellCounts::plus);
        assertThat(counts.judged()).isEqualTo(judged(SampleJournal.RUN.scenarios()).stream().mapToLong(j -> j.judgement().cells().size())
            .sum());
        assertThat(Conformance.of(kept).json()).isEqualTo(Conformance.of(SampleJournal.RUN).json());
    }

    private static List<Entry.Judged> judged(List<ScenarioRun> scenarios) {
        return scenarios.stream().flatMap(s -> s.steps().stream()).flatMap(s -> s.judged().stream()).toList();
    }

    @Test
    void are_shown_as_they_were_run_last() throws IOException {
        var entries = new ArrayList<>(once("first").entries());
        entries.addAll(once("first again").entries().subList(1, once("x").entries().size() - 1));
        var packed = Packed.of(page(entries, new RunBuilder(), Runnable::run));
        assertThat(packed.steps()).extracting(s -> packed.text(s.path("text"))).containsExactly("first again");
        assertThat(packed.json().path("scenarios")).extracting(JsonNode::size).hasSize(2);
    }

    private static Script once(String text) {
        return Script.run().scenario(3, Status.PASSED, null, s -> s.step(4, "Then", text, Status.PASSED, null)).finished(0, null);
    }
}

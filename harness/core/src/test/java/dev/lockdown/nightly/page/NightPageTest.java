package dev.lockdown.nightly.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.history.FlowKey;
import dev.lockdown.history.FlowResult;
import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.history.StepDigest;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.Deviations;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Matrix;
import dev.lockdown.nightly.MatrixCell;
import dev.lockdown.nightly.NightFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page of a night")
class NightPageTest {
    private static final Instant TONIGHT = Instant.parse("2026-11-28T02:00:00Z");

    @TempDir
    private Path folder;

    private static RunDigest run(Instant at, FlowResult seen, Status status) {
        var verdict = new FlowVerdict(new FlowKey("shop/<web>", "shop/api", "TCP/8080"), seen, status == Status.PASSED);
        var info = new RunInfo(at, "run-" + at.getEpochSecond(), "", "embedded", List.of("kube-router 2.6.3"),
            new RunInfo.Cell("embedded-drop", Map.of("cluster", "embedded", "deny", "drop")), 1, null, Duration.ofSeconds(9), Map.of());
        return new RunDigest(info, List.of(new ScenarioDigest("features/a.feature", "Nothing <b>gets</b> through", 1, 3, List.of(),
            List.of(status), Duration.ZERO, null, List.of(new StepDigest(4, "a step", List.of(verdict))), List.of(), List.of(),
            List.of())));
    }

    private String page(Deviations known) throws IOException {
        var history = new HistoryFolder(folder.resolve("history"));
        history.add(run(TONIGHT.minus(Duration.ofDays(1)), FlowResult.DROPPED, Status.PASSED));
        var tonight = run(TONIGHT, FlowResult.OPEN, Status.FAILED);
        history.add(tonight);
        var matrix = Matrix.read(Path.of("m.yaml"), "matrix: {cluster: [embedded], deny: [drop, reject]}", "features");
        var outcomes = new LinkedHashMap<MatrixCell, CellOutcome>();
        outcomes.put(matrix.cells().getFirst(), new CellOutcome("embedded-drop", CellOutcome.State.DONE, TONIGHT, Duration.ofSeconds(9), 1,
            null, null));
        outcomes.put(matrix.cells().getLast(), new CellOutcome("embedded-reject", CellOutcome.State.CANNOT_START, TONIGHT, Duration.ZERO, 3,
            null, "error: no namespaces & no root"));
        var findings = Findings.of(outcomes, Map.of("embedded-drop", tonight), matrix, known, history.read(_ -> {}), _ -> {});
        var night = new NightFolder(Files.createDirectories(folder.resolve("night")));
        NightPage.write(findings, night);
        return Files.readString(night.html());
    }

    @Test
    void tells_what_changed_before_it_tells_all() throws IOException {
        var page = page(Deviations.NONE);
        assertThat(page).contains("embedded-drop", "embedded-reject", "features/a.feature", "could not start");
        assertThat(page.indexOf("shop/&lt;web&gt; to shop/api on TCP/8080")).isBetween(page.indexOf("id=\"changes\""),
            page.indexOf("id=\"grid\""));
        assertThat(page.indexOf("blocked (dropped)")).isBetween(page.indexOf("id=\"changes\""), page.indexOf("id=\"grid\""));
    }

    @Test
    void escapes_what_comes_from_outside_and_needs_no_network() throws IOException {
        var page = page(Deviations.NONE);
        assertThat(page).contains("Nothing &lt;b&gt;gets&lt;/b&gt; through", "no namespaces &amp; no root").doesNotContain("<b>gets</b>");
        assertThat(page).contains("Content-Security-Policy", "default-src 'none'").doesNotContain("http://").doesNotContain("https://");
    }

    @Test
    void shows_known_deviations_with_their_reason() throws IOException {
        assertThat(page(Deviations.read("d.yaml", "deviations: [{cni: kube-router, scenario: Nothing*, reason: it is known}]")))
            .contains("it is known");
    }
}

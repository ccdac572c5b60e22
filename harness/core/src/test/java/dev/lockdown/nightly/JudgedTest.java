package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.history.FlowKey;
import dev.lockdown.history.FlowResult;
import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.history.StepDigest;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.nightly.Judged.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a scenario counts for")
class JudgedTest {
    private static final String KNOWN = """
        deviations:
        - cni: kube-router
          versions: "<2.6.4"
          scenario: Both * halves
          reason: egress rules admit ingress
          link: https://example.org/1
        - cni: kube-router
          flow: shop/web to * on TCP/80
          reason: named ports
        """;

    private static RunDigest run(String plugin, String name, List<String> tags, List<FlowVerdict> verdicts, Status... statuses) {
        return new RunDigest(info(plugin), List.of(scenario(name, 1, tags, verdicts, statuses)));
    }

    private static RunInfo info(String plugin) {
        return new RunInfo(Instant.EPOCH, "r", "", "c", List.of(plugin), null, 1, null, Duration.ZERO, Map.of());
    }

    private static ScenarioDigest scenario(String name, int occurrence, List<String> tags, List<FlowVerdict> verdicts, Status... statuses) {
        return new ScenarioDigest("a.feature", name, occurrence, 3, tags, List.of(statuses), Duration.ZERO, null,
            List.of(new StepDigest(4, "step", verdicts)), List.of(), List.of(), List.of());
    }

    private static FlowVerdict flow(String from, String how, boolean agrees) {
        return new FlowVerdict(new FlowKey(from, "shop/api", how), FlowResult.OPEN, agrees);
    }

    private static Counts counts(RunDigest run) {
        return counts(Deviations.read("deviations.yaml", KNOWN), run);
    }

    private static Counts counts(Deviations known, RunDigest run) {
        return Judged.of(run, known, "@quarantine").getFirst().counts();
    }

    @Test
    void is_known_where_the_list_says_so_for_the_version() {
        assertThat(counts(run("kube-router 2.6.3", "Both other halves", List.of(), List.of(), Status.FAILED))).isEqualTo(Counts.KNOWN);
        assertThat(counts(run("kube-router 2.6.4", "Both other halves", List.of(), List.of(), Status.FAILED))).isEqualTo(Counts.FAILED);
        assertThat(counts(run("calico 2.6.3", "Both other halves", List.of(), List.of(), Status.FAILED))).isEqualTo(Counts.FAILED);
        assertThat(counts(run("kube-router 2.6.3", "Others", List.of(), List.of(), Status.FAILED))).isEqualTo(Counts.FAILED);
    }

    @Test
    void is_mended_where_it_passes_though_the_list_says_otherwise() {
        assertThat(counts(run("kube-router 2.6.3", "Both other halves", List.of(), List.of(), Status.PASSED))).isEqualTo(Counts.MENDED);
        assertThat(counts(run("kube-router 2.6.4", "Both other halves", List.of(), List.of(), Status.PASSED))).isEqualTo(Counts.PASSED);
        assertThat(counts(run("kube-router 2.6.3", "Both other halves", List.of(), List.of(), Status.SKIPPED))).isEqualTo(Counts.SKIPPED);
    }

    @Test
    void is_known_by_its_flows_only_where_all_that_differ_are_in_the_list() {
        assertThat(counts(run("kube-router 2.6.3", "x", List.of(), List.of(flow("shop/web", "TCP/80", false)), Status.FAILED)))
            .isEqualTo(Counts.KNOWN);
        assertThat(counts(run("kube-router 2.6.3", "x", List.of(),
            List.of(flow("shop/web", "TCP/80", false), flow("shop/web", "TCP/81", false)), Status.FAILED))).isEqualTo(Counts.FAILED);
        assertThat(counts(run("kube-router 2.6.3", "x", List.of(), List.of(flow("shop/web", "TCP/80", true)), Status.PASSED)))
            .isEqualTo(Counts.MENDED);
        assertThat(counts(run("kube-router 2.6.3", "x", List.of(), List.of(flow("shop/job", "TCP/80", true)), Status.PASSED)))
            .isEqualTo(Counts.PASSED);
    }

    @Test
    void is_known_once_the_list_that_was_proposed_is_taken_and_mended_ones_leave_it() {
        var failing = run("kube-router 2.6.3", "x: y", List.of(), List.of(flow("shop/job", "TCP/80", false)), Status.FAILED);
        var known = Deviations.read("deviations.yaml", KNOWN);
        var proposed = proposal(known, failing, run("kube-router 2.6.3", "Both other halves", List.of(), List.of(), Status.PASSED));
        var taken = Deviations.read("proposed.yaml", proposed);
        assertThat(Judged.of(failing, taken, "@quarantine").getFirst().counts()).isEqualTo(Counts.KNOWN);
        assertThat(taken.all()).extracting(Deviation::reason).containsExactly("named ports", "it fails");
    }

    @Test
    void is_known_where_it_comes_and_goes_and_passed_where_it_does_not_show() {
        var known = Deviations.read("d.yaml", "deviations: [{cni: kube-router, scenario: x, reason: by turns, sometimes: true}]");
        var absent = run("kube-router 2.6.3", "x", List.of(), List.of(), Status.PASSED);
        assertThat(counts(known, run("kube-router 2.6.3", "x", List.of(), List.of(), Status.FAILED))).isEqualTo(Counts.KNOWN);
        assertThat(counts(known, run("kube-router 2.6.3", "x", List.of(), List.of(), Status.FAILED, Status.PASSED)))
            .isEqualTo(Counts.KNOWN);
        assertThat(counts(known, run("kube-router 2.6.3", "x", List.of(), List.of(), Status.PASSED, Status.INCONCLUSIVE)))
            .isEqualTo(Counts.FLAKY);
        assertThat(counts(known, absent)).isEqualTo(Counts.PASSED);
        var findings = findings(known, absent);
        assertThat(new NightText(findings).lines()).contains("embedded-drop: 1 scenario fails at times, as is known, and passes now");
        assertThat(Deviations.read("p.yaml", new DeviationProposal(findings, known).yaml()).all()).singleElement()
            .matches(Deviation::sometimes);
    }

    @Test
    void is_mended_by_what_always_fails_though_something_else_comes_and_goes() {
        var known = Deviations.read("d.yaml", """
            deviations:
            - {cni: calico, scenario: x, reason: by turns, sometimes: true}
            - {cni: calico, scenario: x, reason: always}
            """);
        var judged = Judged.of(run("calico 3.30.7", "x", List.of(), List.of(), Status.PASSED), known, "@quarantine").getFirst();
        assertThat(judged.counts()).isEqualTo(Counts.MENDED);
        assertThat(judged.deviations()).extracting(Deviation::reason).containsExactly("always");
    }

    /// A feature may have the same name under several rules.
    @Test
    void is_known_by_a_proposed_list_apart_from_what_is_called_the_same() {
        var failing = scenario("x", 2, List.of(), List.of(), Status.FAILED);
        var run = new RunDigest(info("calico 3.30.7"), List.of(scenario("x", 1, List.of(), List.of(), Status.PASSED), failing));
        var taken = Deviations.read("p.yaml", new DeviationProposal(findings(Deviations.NONE, run), Deviations.NONE).yaml());
        assertThat(Judged.of(run, taken, "@quarantine")).extracting(Judged::counts).containsExactly(Counts.PASSED, Counts.KNOWN);
    }

    private static String proposal(Deviations known, RunDigest... runs) {
        return new DeviationProposal(findings(known, runs), known).yaml();
    }

    private static Findings findings(Deviations known, RunDigest... runs) {
        var matrix = Matrix.read(Path.of("m.yaml"), "matrix: {cluster: [embedded], deny: [drop, reject]}", "features");
        var outcomes = new LinkedHashMap<MatrixCell, CellOutcome>();
        var digests = new LinkedHashMap<String, RunDigest>();
        for (int i = 0; i < runs.length; i++) {
            var cell = matrix.cells().get(i);
            outcomes.put(cell, new CellOutcome(cell.name(), CellOutcome.State.DONE, Instant.EPOCH, Duration.ZERO, 1, null, null));
            digests.put(cell.name(), runs[i]);
        }
        return Findings.of(outcomes, digests, matrix, known, Map.of(), note -> {
            throw new AssertionError(note);
        });
    }

    @Test
    void is_nothing_in_quarantine_and_flaky_where_it_passed_some_of_the_times() {
        assertThat(counts(run("calico 3.30.0", "x", List.of("@quarantine"), List.of(), Status.FAILED))).isEqualTo(Counts.QUARANTINED);
        assertThat(counts(run("calico 3.30.0", "x", List.of(), List.of(), Status.FAILED, Status.PASSED))).isEqualTo(Counts.FLAKY);
    }

    @Test
    void is_told_by_a_list_whose_mistakes_come_all_at_once() {
        assertThatThrownBy(() -> Deviations.read("d.yaml", """
            deviations:
            - {cni: kube-router, versions: "soon", scenario: x, reason: why}
            - {cni: kube-router, scenario: x}
            - {cni: kube-router, scenaro: x, reason: why}
            - {cni: kube-router, reason: why}
            """)).hasMessageContaining("d.yaml:2:32: ").hasMessageContaining("a range of versions").hasMessageContaining("d.yaml:3:3: ")
            .hasMessageContaining("has no reason").hasMessageContaining("d.yaml:4:22: unknown field \"scenaro\"")
            .hasMessageContaining("d.yaml:5:3: ");
    }
}

package dev.lockdown.metrics;

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
import dev.lockdown.nightly.SampleNight;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Metrics")
class MetricsTest {
    private static final String ODD = "a \"cluster\" \\ of\ntwo lines";

    @TempDir
    private Path folder;

    private static RunDigest run(List<FlowVerdict> verdicts) {
        var scenario = new ScenarioDigest("a.feature", "A", 1, 3, List.of(), List.of(Status.FAILED), Duration.ZERO, null,
            List.of(new StepDigest(4, "one", verdicts), new StepDigest(5, "two", verdicts)), List.of(), List.of(Duration.ofMillis(250)),
            List.of());
        return new RunDigest(new RunInfo(Instant.ofEpochSecond(1000), "r", "0.1.0", "kubeconfig · Kubernetes v1.35.0",
            List.of("calico 3.30.0"), null, 1, null,
            Duration.ofMillis(1500), Map.of()), List.of(scenario));
    }

    private static OpenMetrics read(String cell, RunDigest run) throws IOException {
        return OpenMetrics.of(new String(MetricsFile.text(RunMetrics.of(Map.of(cell, run))), StandardCharsets.UTF_8));
    }

    private static FlowVerdict flow(String from, FlowResult seen, boolean agrees) {
        return new FlowVerdict(new FlowKey(from, "shop/api", "TCP/8080"), seen, agrees);
    }

    @Test
    void say_of_a_run_what_a_shell_and_a_clock_say() throws IOException {
        var metrics = read(ODD, run(List.of()));
        assertThat(metrics.value("lockdown_run_exit_status", "cell", ODD)).isEqualTo(1);
        assertThat(metrics.value("lockdown_run_duration_seconds", "cell", ODD)).isEqualTo(1.5);
        assertThat(metrics.value("lockdown_run_end_timestamp_seconds", "cell", ODD)).isEqualTo(1001.5);
        assertThat(metrics.value("lockdown_run_info", "version", "0.1.0", "cluster", "kubeconfig · Kubernetes v1.35.0", "network_plugins",
            "calico 3.30.0")).isEqualTo(1);
        assertThat(metrics.value("lockdown_scenarios", "feature", "a.feature", "outcome", "failed")).isEqualTo(1);
        assertThat(metrics.value("lockdown_scenarios", "feature", "a.feature", "outcome", "passed")).isZero();
        assertThat(metrics.value("lockdown_enforcement_seconds", "quantile", "0.5")).isEqualTo(0.25);
        assertThat(metrics.value("lockdown_enforcement_seconds_count")).isEqualTo(1);
        assertThat(metrics.units).containsEntry("lockdown_run_duration_seconds", "seconds").containsEntry("lockdown_enforcement_seconds",
            "seconds");
    }

    @Test
    void name_each_flow_that_differs_once_and_count_all_of_them() throws IOException {
        var metrics =
            read("c", run(List.of(flow("shop/web", FlowResult.OPEN, false), flow("shop/job", FlowResult.REJECTED, true))));
        assertThat(metrics.value("lockdown_flows", "observed", "open", "as_expected", "false")).isEqualTo(2);
        assertThat(metrics.value("lockdown_flows", "observed", "blocked", "as_expected", "true")).isEqualTo(2);
        assertThat(metrics.value("lockdown_flows", "observed", "blocked", "as_expected", "false")).as("an alert ends by it").isZero();
        assertThat(metrics.value("lockdown_flow_differs", "from", "shop/web", "to", "shop/api", "on", "TCP/8080", "observed", "open"))
            .isEqualTo(1);
        assertThat(metrics.samples).filteredOn(s -> s.name().equals("lockdown_flow_differs")).hasSize(1);
        assertThat(metrics.value("lockdown_flow_differs_omitted")).isZero();
    }

    @Test
    void are_bounded_however_much_differs_and_tell_first_what_is_open() throws IOException {
        var verdicts = new ArrayList<FlowVerdict>();
        for (int i = 0; i < 1000; i++) verdicts.add(flow("shop/p" + i, i >= 900 ? FlowResult.OPEN : FlowResult.DROPPED, false));
        var metrics = read("c", run(verdicts));
        var named = metrics.samples.stream().filter(s -> s.name().equals("lockdown_flow_differs")).toList();
        assertThat(named).hasSize(RunMetrics.MOST_SERIES);
        assertThat(named).filteredOn(s -> "open".equals(s.labels().get("observed"))).hasSize(100);
        assertThat(metrics.value("lockdown_flow_differs_omitted", "cell", "c")).isEqualTo(800);
    }

    @Test
    void of_a_night_say_what_each_cell_comes_to() throws IOException {
        var metrics = OpenMetrics.of(new String(MetricsFile.text(NightMetrics.of(SampleNight.in(folder))), StandardCharsets.UTF_8));
        assertThat(metrics.value("lockdown_cell_state", "cell", "away", "state", "cannot-start")).isEqualTo(1);
        assertThat(metrics.value("lockdown_cell_status", "cell", "calico-3.29.1", "status", "failed")).isEqualTo(1);
        assertThat(metrics.value("lockdown_cell_status", "cell", "calico-3.29.1", "status", "good")).isZero();
        assertThat(metrics.value("lockdown_cell_scenarios", "cell", "kube-router", "counts", "mended")).isEqualTo(1);
        assertThat(metrics.value("lockdown_cell_changes", "cell", "calico-3.29.1", "kind", "flow")).isEqualTo(1);
        assertThat(metrics.value("lockdown_window_seconds", "cell", "calico-3.28.0", "quantile", "1.0", "kind", "cut-off"))
            .isEqualTo(0.00939);
        assertThat(metrics.value("lockdown_window_seconds_count", "cell", "calico-3.28.0")).isEqualTo(40);
        assertThat(metrics.samples).extracting(OpenMetrics.Sample::name).contains("lockdown_run_exit_status");
    }

    @Test
    void come_as_a_whole_file_that_others_may_read_and_leave_nothing_beside_it() throws IOException {
        var file = new MetricsFile(folder.resolve("lockdown.prom"));
        for (int i = 0; i < 2; i++) file.write(RunMetrics.of(Map.of("c", run(List.of()))));
        assertThat(Files.readString(file.path())).endsWith("# EOF\n");
        assertThat(Files.getPosixFilePermissions(file.path())).contains(PosixFilePermission.OTHERS_READ);
        try (var all = Files.list(folder)) {
            assertThat(all).containsExactly(file.path());
        }
    }

    @Test
    void replace_the_former_file_as_a_whole_while_a_collector_reads_it() throws IOException {
        var file = new MetricsFile(folder.resolve("lockdown.prom"));
        file.write(RunMetrics.of(Map.of("before", run(List.of()))));
        try (var reader = Files.newInputStream(file.path())) {
            file.write(RunMetrics.of(Map.of("after", run(List.of()))));
            assertThat(new String(reader.readAllBytes(), StandardCharsets.UTF_8)).contains("before").doesNotContain("after")
                .endsWith("# EOF\n");
        }
        assertThat(Files.readString(file.path())).contains("after").doesNotContain("before");
    }

    @Test
    void are_refused_where_no_collector_would_find_them() {
        assertThatThrownBy(() -> new MetricsFile(Path.of("metrics.txt"))).isInstanceOf(InputException.class)
            .hasMessage("""
                --metrics metrics.txt: the textfile collector reads only files that end with .prom
                  name it so, such as --metrics lockdown.prom""");
        var nowhere = folder.resolve("none/lockdown.prom");
        assertThatThrownBy(() -> new MetricsFile(nowhere)).isInstanceOf(InputException.class)
            .hasMessage("--metrics %s: %s is no folder that can be written to".formatted(nowhere, nowhere.getParent()));
    }
}

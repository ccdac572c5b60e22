package dev.lockdown.nightly;

import dev.lockdown.chaos.Window;
import dev.lockdown.history.FateDigest;
import dev.lockdown.history.FlowKey;
import dev.lockdown.history.FlowResult;
import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.history.StepDigest;
import dev.lockdown.history.WindowDigest;
import dev.lockdown.journal.Entry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// A night with one of everything: two versions of Calico of which the newer is the first bad one, kube-router with a deviation that holds, one
/// that is mended and one that comes and goes, a cell that cannot start, one that hung with what it had, and one that was not run. Two nights came before it.
public final class SampleNight {
    public static final Instant AT = Instant.parse("2026-11-22T02:00:00Z");
    public static final String ODD = "A <script>alert(\"x\")</script> & | odd_name";
    public static final FlowKey FLOW = new FlowKey("shop/web", "shop/api", "TCP/8080");
    private static final String MATRIX = """
        include:
        - {name: calico-3.28.0, cluster: k3s, cni: calico, version: 3.28.0}
        - {name: calico-3.29.1, cluster: k3s, cni: calico, version: 3.29.1}
        - {name: kube-router, cluster: k3s, cni: kube-router}
        - {name: away, cluster: kubeconfig, context: away}
        - {name: hung, cluster: embedded}
        - {name: later, cluster: embedded, deny: reject}
        """;
    private static final String DEVIATIONS = """
        deviations:
        - cni: kube-router
          scenario: Only the web reaches*
          reason: sets of named ports are wrong
          link: https://example.org/1
        - {cni: kube-router, scenario: Names*, reason: it was slow}
        - {cni: kube-router, scenario: A <script>*, reason: by turns, sometimes: true}
        """;

    private final Path folder;
    private final Map<String, RunDigest> digests = new HashMap<>();
    private final Map<MatrixCell, CellOutcome> outcomes = new LinkedHashMap<>();
    private final Matrix matrix = Matrix.read(Path.of("matrix.yaml"), MATRIX, "features");
    private final HistoryFolder history;

    private SampleNight(Path folder) {
        this.folder = folder;
        history = new HistoryFolder(folder.resolve("history"));
    }

    /// @param folder of the night, beside its history
    public static NightFolder folder(Path folder) {
        return new NightFolder(folder.resolve("night"));
    }

    public static Findings in(Path folder) throws IOException {
        return new SampleNight(folder).findings();
    }

    private Findings findings() throws IOException {
        for (int night = 0; night < 3; night++) {
            boolean last = night == 2;
            done("calico-3.28.0", "calico 3.28.0", night, scenarios(Status.PASSED, last ? 9000 : 3000, Status.PASSED));
            done("calico-3.29.1", "calico 3.29.1", night, scenarios(last ? Status.FAILED : Status.PASSED, 3000, Status.FAILED));
            done("kube-router", "kube-router 2.6.3", night, scenarios(Status.FAILED, 3000, night == 0 ? Status.FAILED : Status.PASSED));
        }
        done("hung", "embedded", 2, scenarios(Status.INCONCLUSIVE, 3000, Status.PASSED));
        outcome("away", CellOutcome.State.CANNOT_START, 3, null, "error: no cluster <here>");
        outcome("hung", CellOutcome.State.HUNG, null, folder.resolve("night/hung/20261122"), "it was ended by its deadline of 60 s");
        outcome("later", CellOutcome.State.NOT_RUN, null, null, "the night's time was over");
        var ordered = new LinkedHashMap<MatrixCell, CellOutcome>();
        matrix.cells().forEach(c -> ordered.put(c, outcomes.get(c)));
        return Findings.of(ordered, digests, matrix, Deviations.read("deviations.yaml", DEVIATIONS), history.read(note -> {
            throw new AssertionError(note);
        }), note -> {
            throw new AssertionError(note);
        });
    }

    private void done(String cell, String plugin, int night, List<ScenarioDigest> scenarios) throws IOException {
        var id = "2026112" + night;
        var of = matrix.cells().stream().filter(c -> c.name().equals(cell)).findFirst().orElseThrow();
        var digest = new RunDigest(new RunInfo(AT.plus(Duration.ofDays(night - 2L)), id, "0.1.0", "k3s", List.of(plugin),
            new RunInfo.Cell(cell, of.named()), 1, null, Duration.ofSeconds(61), Map.of()), scenarios);
        history.add(digest);
        digests.put(cell, digest);
        var run = Files.createDirectories(folder.resolve("night").resolve(cell).resolve(id));
        Files.writeString(run.resolve("report.html"), "<html/>");
        outcome(cell, CellOutcome.State.DONE, 1, run, null);
    }

    private void outcome(String cell, CellOutcome.State state, Integer exit, Path run, String problem) {
        var of = matrix.cells().stream().filter(c -> c.name().equals(cell)).findFirst().orElseThrow();
        outcomes.put(of, new CellOutcome(cell, state, AT, state == CellOutcome.State.NOT_RUN ? Duration.ZERO : Duration.ofSeconds(61), exit,
            run == null ? null : run.toString(), problem));
    }

    private static List<ScenarioDigest> scenarios(Status first, long micros, Status quarantined) {
        var other = first == Status.FAILED ? FlowResult.OPEN : FlowResult.DROPPED;
        var verdict = new FlowVerdict(FLOW, first == Status.INCONCLUSIVE ? FlowResult.INCONCLUSIVE : other, first == Status.PASSED);
        var all = new ArrayList<ScenarioDigest>();
        all.add(scenario("features/dns.feature", "Only the web reaches the database", 12, List.of(), first,
            List.of(new StepDigest(14, "\"shop/web\" cannot reach \"shop/api\" on TCP/8080", List.of(verdict))), List.of()));
        all.add(scenario("features/dns.feature", ODD, 30, List.of(), Status.PASSED, List.of(), List.of()));
        all.add(scenario("features/dns.feature", "Names resolve", 40, List.of(), Status.PASSED, List.of(), List.of(
            new WindowDigest("shop/web resolving api", Window.Kind.CUT_OFF, "policy shop/deny applied", 40, 1,
                LongStream.range(0, 40).mapToObj(i -> micros + i * 10).toList()))));
        all.add(scenario("features/odd/apart.feature", "It flaps", 5, List.of("@quarantine"), quarantined, List.of(), List.of()));
        all.add(scenario("features/odd/apart.feature", "It needs SCTP", 9, List.of(), Status.SKIPPED, List.of(), List.of()));
        return all;
    }

    private static ScenarioDigest scenario(String feature, String name, int line, List<String> tags, Status status, List<StepDigest> steps,
            List<WindowDigest> windows) {
        return new ScenarioDigest(feature, name, 1, line, tags, List.of(status), Duration.ofMillis(1500),
            status == Status.PASSED ? null : "shop/web reaches shop/api", steps, windows,
            List.of(Duration.ofMillis(4), Duration.ofMillis(6)),
            List.of(new FateDigest("shop/web to shop/api", line, "survives")));
    }
}

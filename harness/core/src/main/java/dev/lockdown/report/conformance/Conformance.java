package dev.lockdown.report.conformance;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.FeatureRun;
import dev.lockdown.report.Run;
import java.time.Duration;
import java.util.List;

/// A run of the conformance set.
///
/// ```java
/// if (Conformance.isAskedFor(run)) Conformance.of(run).lines().forEach(out::println);
/// ```
///
/// @param run names the run
/// @param cluster on what it ran
/// @param took the whole run, by the clock
/// @param skipped what was not tested, and why
public record Conformance(String run, String version, String cluster, long seed, List<Row> rows, Duration took, List<Skipped> skipped) {
    private static final String TAG = "@conformance";

    public Conformance {
        rows = List.copyOf(rows);
        skipped = List.copyOf(skipped);
    }

    /// One feature.
    ///
    /// @param cells how many expectations were compared with what was seen
    public record Row(String feature, String name, int scenarios, int passed, int failed, int inconclusive, int skipped, long cells,
            Duration took) {}

    /// A scenario that was not run, said so that nobody takes it for tested.
    public record Skipped(String place, String name, String because) {}

    /// Whether the tag of the conformance set was asked for, or every scenario that ran carries it.
    public static boolean isAskedFor(Run run) {
        if (run.started() == null) return false;
        // Under JUnit no word of a command tells, and the scenarios do.
        return run.started().command().stream().anyMatch(word -> word.contains(TAG))
            || !run.scenarios().isEmpty() && run.scenarios().stream().allMatch(s -> s.started().tags().contains(TAG));
    }

    public static Conformance of(Run run) {
        var started = run.started();
        var skipped = run.scenarios().stream().filter(s -> s.status() == Status.SKIPPED)
            .map(s -> new Skipped(s.place(), s.started().name(), s.skippedBecause())).toList();
        return new Conformance(started == null ? "" : started.id(), started == null ? "" : started.version(),
            started == null ? "" : started.cluster(), started == null ? 0 : started.seed(), run.features().stream().map(Conformance::row)
                .toList(),
            run.took(), skipped);
    }

    private static Row row(FeatureRun feature) {
        var counts = feature.counts();
        return new Row(feature.path(), feature.name(), counts.total(), counts.of(Status.PASSED),
            counts.of(Status.FAILED) + counts.of(Status.BROKEN), counts.of(Status.INCONCLUSIVE), counts.of(Status.SKIPPED),
            feature.scenarios().stream().mapToLong(s -> s.cells().judged()).sum(), feature.took());
    }

    /// All features together. Its time is the run's, not the sum: features may run at the same time.
    public Row total() {
        var sum = new Row("total", "", 0, 0, 0, 0, 0, 0, took);
        for (var row : rows)
            sum = new Row("total", "", sum.scenarios + row.scenarios, sum.passed + row.passed, sum.failed + row.failed,
                sum.inconclusive + row.inconclusive, sum.skipped + row.skipped, sum.cells + row.cells, took);
        return sum;
    }

    /// The table for a terminal.
    public List<String> lines() {
        return new TextTable(this).lines();
    }

    public String markdown() {
        return new MarkdownTable(this).text();
    }

    /// The run in the form that kubernetes-sigs/network-policy-api gives such results, as YAML.
    public static String report(Run run) {
        return ConformanceReportYaml.text(run);
    }

    public String json() {
        return JsonTable.text(this);
    }
}

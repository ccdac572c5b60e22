package dev.lockdown.report.text;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.FeatureRun;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.Symbol;
import dev.lockdown.report.conformance.Conformance;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Tells a run while it goes on: a line for each feature that is done, a diagnosis for each failure, and at the end what to do next.
///
/// ```java
/// journal.listen(new Terminal(System.err, screen, folder.path(), new FeatureFiles(Path.of(""))));
/// ```
/// May be used by several threads: a journal tells its listeners on one at a time, and progress comes from others.
public final class Terminal implements Consumer<Entry> {
    private final LiveLine liveLine;
    private final Summary summary;
    private final Diagnosis diagnosis;
    private final Screen screen;
    private final Path folder;
    private final RunBuilder builder = new RunBuilder();
    private final Progress progress = new Progress();
    private final Set<String> told = new HashSet<>();
    private final Map<String, Integer> done = new HashMap<>();
    private Map<String, Integer> planned = Map.of();
    private FeatureNames names = new FeatureNames(List.of());
    private boolean begun;

    /// @param folder the run's, as it is to be shown
    public Terminal(PrintStream out, Screen screen, Path folder, FeatureFiles features) {
        this.screen = screen;
        this.folder = folder;
        this.liveLine = new LiveLine(out, screen);
        this.summary = new Summary(folder);
        this.diagnosis = new Diagnosis(features, screen.width());
    }

    /// Tell how far the probes have come that a scenario asks together. May be called by any thread.
    public synchronized void asked(String scenario, Instant at, int asked, int all) {
        if (progress.heed(scenario, at, asked, all)) live();
    }

    @Override
    public synchronized void accept(Entry entry) {
        builder.accept(entry);
        switch (entry) {
            case Entry.Planned e -> plan(e.scenarios());
            case Entry.Canary _ -> begin();
            case Entry.ScenarioFinished e -> finish(e);
            case Entry.RunFinished _ -> end();
            case Entry.WatchTally e -> tell(e);
            case Entry.RunStarted _, Entry.Plugins _, Entry.ScenarioStarted _, Entry.Applied _, Entry.Observed _, Entry.Judged _, Entry.StepFinished _, Entry.Watched _, Entry.Sampled _, Entry.WatchEnded _, Entry.Measured _, Entry.Healed _, Entry.Disrupted _, Entry.Waiting _, Entry.OfHeld _ ->
                {}
        }
        if (progress.heed(entry)) live();
    }

    private void plan(Map<String, Integer> scenarios) {
        planned = scenarios;
        names = new FeatureNames(scenarios.keySet());
    }

    private void begin() {
        if (begun) return;
        begun = true;
        liveLine.print(summary.header(builder.run()));
    }

    private void finish(Entry.ScenarioFinished finished) {
        begin();
        var scenario = builder.scenario(finished.scenario());
        tell(scenario);
        var feature = scenario.started().feature();
        if (done.merge(feature, 1, Integer::sum).equals(planned.get(feature))) tell(feature);
    }

    private void tell(Entry.WatchTally tally) {
        begin();
        liveLine.print(summary.tally(tally, builder.scenario(tally.scenario()), names, screen.width()));
    }

    private void tell(ScenarioRun scenario) {
        if (scenario.status() == Status.PASSED) return;
        var name = "%s:%s  ".formatted(names.of(scenario.started().feature()), scenario.started().line());
        var title = Columns.cut(scenario.started().name(), Math.max(20, screen.width() - 2 - Columns.width(name)));
        liveLine.print(Styled.of(Style.of(scenario.status()), Symbol.of(scenario.status()) + " ").and(name).and(Style.BOLD, title));
        if (scenario.status() == Status.SKIPPED) liveLine.print(summary.skipped(scenario, screen.width()));
        scenario.failures().forEach(f -> liveLine.print(diagnosis.lines(scenario, f)));
        if (scenario.evidence() instanceof String there)
            liveLine.print(Styled.of(Style.DIM, "   = bundle:   ").and(folder.resolve(there).toString()));
    }

    private void tell(String path) {
        told.add(path);
        builder.run().features().stream().filter(f -> f.path().equals(path)).forEach(this::tell);
    }

    /// One that has failures was told by them.
    private void tell(FeatureRun feature) {
        if (feature.counts().faulty() == 0) liveLine.print(summary.feature(feature, names, screen.width()));
        for (var scenario : feature.scenarios()) {
            summary.spent(scenario, screen.width()).forEach(liveLine::print);
            summary.disrupted(scenario, screen.width()).forEach(liveLine::print);
            for (var step : scenario.steps()) {
                step.measured().forEach(m -> liveLine.print(summary.measured(m, screen.width())));
                step.fates().forEach(f -> liveLine.print(summary.fate(f, screen.width())));
            }
        }
    }

    private void end() {
        begin();
        var run = builder.run();
        if (planned.isEmpty()) names = new FeatureNames(run.features().stream().map(FeatureRun::path).toList());
        run.features().stream().filter(f -> !told.contains(f.path())).forEach(this::tell);
        run.scenarios().stream().filter(s -> s.finished() == null).forEach(this::tell);
        summary.distributions(run, screen.width()).forEach(liveLine::print);
        if (Conformance.isAskedFor(run)) Conformance.of(run).lines().forEach(line -> liveLine.print(Styled.of(line)));
        liveLine.print(summary.end(run, screen.width()));
    }

    private void live() {
        liveLine.live(Styled.of(Style.DIM, Columns.cut(progress.text(names), screen.width() - 1)));
    }
}

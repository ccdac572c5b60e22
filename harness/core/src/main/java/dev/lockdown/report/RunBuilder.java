package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import dev.lockdown.state.NetworkPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gathers a run from its entries as they come, or one run from those of several, such as shards: of a scenario that is in more
/// than one the last counts, and the whole is finished if all of them are. Not for use by several threads.
public final class RunBuilder implements Consumer<Entry> {
    private final Map<String, ScenarioBuilder> scenarios = new HashMap<>();
    /// In the order in which they win where several runs are one, as [dev.lockdown.run.ExitStatus] has it.
    private static final List<Integer> EXIT_STATUSES = List.of(130, 70, 2, 3, 1, 4, 0);

    private final Map<String, Integer> planned = new LinkedHashMap<>();
    private final Map<String, SortedSet<Integer>> plannedLines = new LinkedHashMap<>();
    private final Set<NetworkPlugin> plugins = new LinkedHashSet<>();
    private Entry.@Nullable RunStarted started;
    private final List<Entry.RunFinished> finished = new ArrayList<>();
    private int runs;

    @Override
    public void accept(Entry entry) {
        switch (entry) {
            case Entry.RunStarted e -> start(e);
            case Entry.Planned e -> plan(e);
            case Entry.Plugins e -> plugins.addAll(e.plugins());
            case Entry.ScenarioStarted e -> start(e);
            case Entry.Canary e -> of(e.scenario(), e).canaries.add(e);
            case Entry.Applied e -> of(e.scenario(), e).applied.add(e);
            case Entry.Observed e -> of(e.scenario(), e).observe(e);
            case Entry.Judged e -> of(e.scenario(), e).judge(e);
            case Entry.Watched e -> of(e.scenario(), e).watches.add(new WatchBuilder(e));
            case Entry.Sampled e -> of(e.scenario(), e).watch(e.watch()).add(e);
            case Entry.WatchTally e -> of(e.scenario(), e).watch(e.watch()).tally(e);
            case Entry.WatchEnded e -> of(e.scenario(), e).watch(e.watch()).ended(e);
            case Entry.Measured e -> of(e.scenario(), e).measure(e);
            case Entry.Disrupted e -> of(e.scenario(), e).disrupted.add(e);
            case Entry.Healed e -> of(e.scenario(), e).healed.put(e.disruption(), e);
            case Entry.Waiting _ -> {}
            case Entry.OfHeld e -> of(e.scenario(), e).held(e);
            case Entry.StepFinished e -> of(e.scenario(), e).steps.add(e);
            case Entry.ScenarioFinished e -> of(e.scenario(), e).finished = e;
            case Entry.RunFinished e -> finished.add(e);
        }
    }

    private void plan(Entry.Planned entry) {
        entry.scenarios().forEach((feature, count) -> planned.merge(feature, count, Integer::sum));
        entry.lines().forEach((feature, lines) -> plannedLines.computeIfAbsent(feature, _ -> new TreeSet<>()).addAll(lines));
    }

    private void start(Entry.RunStarted entry) {
        if (started == null) started = entry;
        runs++;
    }

    private void start(Entry.ScenarioStarted entry) {
        var former = scenarios.put(entry.scenario(), new ScenarioBuilder(entry));
        if (former != null) planned.computeIfPresent(entry.feature(), (_, count) -> count - 1);
    }

    private ScenarioBuilder of(String scenario, Entry entry) {
        var builder = of(scenario);
        builder.came(entry);
        return builder;
    }

    private ScenarioBuilder of(String scenario) {
        var builder = scenarios.get(scenario);
        if (builder == null) throw new IllegalArgumentException("the journal tells of scenario %s before its start".formatted(scenario));
        return builder;
    }

    /// What is known so far.
    public Run run() {
        var byFeature = new TreeMap<String, List<ScenarioRun>>();
        scenarios.values().forEach(s -> byFeature.computeIfAbsent(s.started.feature(), _ -> new ArrayList<>()).add(s.scenario()));
        var features = byFeature.entrySet().stream().map(e -> feature(e.getKey(), e.getValue())).toList();
        return new Run(started, List.copyOf(plugins), planned, plannedLines, features, finished());
    }

    private Entry.@Nullable RunFinished finished() {
        if (finished.isEmpty() || finished.size() < runs) return null;
        if (finished.size() == 1) return finished.getFirst();
        var took = finished.stream().map(Entry.RunFinished::took).reduce(Duration.ZERO, Duration::plus);
        var problem = finished.stream().map(Entry.RunFinished::problem).filter(Objects::nonNull).findFirst().orElse(null);
        int status = finished.stream().map(Entry.RunFinished::exitStatus).min(Comparator.comparingInt(RunBuilder::rank)).orElse(0);
        return new Entry.RunFinished(finished.getLast().at(), status, took, problem);
    }

    /// One that is not known wins over all.
    private static int rank(int exitStatus) {
        return EXIT_STATUSES.indexOf(exitStatus);
    }

    /// What was measured and does not come out again as it was recorded, see [JudgedAgain].
    public List<JudgedAgain.Difference> measuredOtherwise() {
        return scenarios.values().stream().flatMap(s -> s.measuredOtherwise().stream()).toList();
    }

    /// How many times something was measured.
    public long measured() {
        return scenarios.values().stream().mapToLong(ScenarioBuilder::timesMeasured).sum();
    }

    /// One scenario as far as it is known.
    ///
    /// @throws IllegalArgumentException if it has not started
    public ScenarioRun scenario(String id) {
        return of(id).scenario();
    }

    /// Forget the verdicts of a scenario that agree, since there may be very many; only their numbers are kept.
    ///
    /// @throws IllegalArgumentException if it has not started
    public void letGoOfAgreed(String id) {
        of(id).letGoOfAgreed();
    }

    private static FeatureRun feature(String path, List<ScenarioRun> scenarios) {
        scenarios.sort(Comparator.comparingInt((ScenarioRun s) -> s.started().line()).thenComparing(s -> s.started().at())
            .thenComparing(s -> s.started().scenario()));
        return new FeatureRun(path, scenarios.getFirst().started().featureName(), scenarios);
    }
}

package dev.lockdown.history;

import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.Window;
import dev.lockdown.chaos.Windows;
import dev.lockdown.journal.Entry;
import dev.lockdown.report.Run;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import dev.lockdown.report.WatchRun;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.verdict.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the digest of a run while its entries are read. Verdicts that agree are let go of as soon as they are in the digest, which are
/// nearly all of what a long run holds. Hands on what it gets. Used by one thread.
///
/// ```java
/// var builder = new RunBuilder();
/// var digest = new DigestBuilder(builder);
/// JournalReader.read(folder, notes, digest);
/// JournalReader.samples(folder, notes, builder);
/// digest.digest();
/// ```
public final class DigestBuilder implements Consumer<Entry> {
    private static final int LONGEST_PROBLEM = 240;

    private final RunBuilder builder;
    private final Consumer<Entry> next;
    private final Map<String, List<StepDigest>> steps = new HashMap<>();

    public DigestBuilder(RunBuilder builder) {
        this(builder, entry -> {
            builder.accept(entry);
            if (entry instanceof Entry.ScenarioFinished finished) builder.letGoOfAgreed(finished.scenario());
        });
    }

    /// One that stands before another who needs verdicts for longer, or lets go of them himself.
    ///
    /// @param next hands on to the builder
    public DigestBuilder(RunBuilder builder, Consumer<Entry> next) {
        this.builder = builder;
        this.next = next;
    }

    /// The digest of a run that still has all its verdicts.
    public static RunDigest of(Run run) {
        var steps = new HashMap<String, List<StepDigest>>();
        run.scenarios().forEach(s -> steps.put(s.started().scenario(), steps(s)));
        return digest(run, steps);
    }

    @Override
    public void accept(Entry entry) {
        // Before anybody lets go of them.
        if (entry instanceof Entry.ScenarioFinished finished)
            steps.put(finished.scenario(), steps(builder.scenario(finished.scenario())));
        next.accept(entry);
    }

    public RunDigest digest() {
        var run = builder.run();
        // Those that never finished have all their verdicts still.
        run.scenarios().stream().filter(s -> s.finished() == null).forEach(s -> steps.put(s.started().scenario(), steps(s)));
        return digest(run, steps);
    }

    private static RunDigest digest(Run run, Map<String, List<StepDigest>> steps) {
        var started = run.started();
        var finished = run.finished();
        var info = new RunInfo(started == null ? Instant.EPOCH : started.at(), started == null ? "" : started.id(),
            started == null ? "" : started.version(), started == null ? "" : started.cluster(),
            run.plugins().stream().map(NetworkPlugin::toString).distinct().sorted().toList(), null,
            finished == null ? null : finished.exitStatus(), finished == null ? "it did not end by itself" : finished.problem(), run.took(),
            Map.of());
        return new RunDigest(info, scenarios(run, steps));
    }

    private static List<ScenarioDigest> scenarios(Run run, Map<String, List<StepDigest>> steps) {
        var digests = new ArrayList<ScenarioDigest>();
        for (var feature : run.features()) {
            var places = feature.scenarios().stream().collect(Collectors.groupingBy(s -> s.started().line(), TreeMap::new,
                Collectors.toList()));
            var names = new HashMap<String, Integer>();
            places.values().forEach(times -> digests.add(scenario(times, names.merge(times.getFirst().started().name(), 1, Integer::sum),
                steps)));
        }
        return digests;
    }

    /// @param times that it was run, in their order
    private static ScenarioDigest scenario(List<ScenarioRun> times, int occurrence, Map<String, List<StepDigest>> steps) {
        var worst = times.stream().min(Comparator.comparing(ScenarioRun::status)).orElseThrow();
        var started = worst.started();
        var took = times.stream().map(ScenarioRun::took).reduce(Duration.ZERO, Duration::plus).dividedBy(times.size());
        var enforced = times.stream().flatMap(s -> s.applied().stream()).map(Entry.Applied::enforced).filter(Objects::nonNull).toList();
        return new ScenarioDigest(FeaturePath.of(started.feature()), started.name(), occurrence, started.line(), started.tags(),
            times.stream().map(ScenarioRun::status).toList(), took, problem(worst), steps.getOrDefault(started.scenario(), List.of()),
            windows(times), enforced, fates(worst));
    }

    private static @Nullable String problem(ScenarioRun scenario) {
        if (scenario.status() == Entry.Status.PASSED) return null;
        var problem = scenario.status() == Entry.Status.SKIPPED ? scenario.skippedBecause()
            : Stream.concat(Stream.ofNullable(scenario.problem()), scenario.steps().stream().map(s -> s.finished().problem())
                .filter(Objects::nonNull)).findFirst().orElse("");
        var line = problem.lines().findFirst().orElse("");
        return line.length() <= LONGEST_PROBLEM ? line : line.substring(0, LONGEST_PROBLEM - 1) + "…";
    }

    private static List<StepDigest> steps(ScenarioRun scenario) {
        return scenario.steps().stream().filter(s -> !s.judged().isEmpty())
            .map(s -> new StepDigest(s.finished().line(), s.finished().text(), verdicts(s))).toList();
    }

    private static List<FlowVerdict> verdicts(StepRun step) {
        var byFlow = new TreeMap<FlowKey, FlowVerdict>();
        for (var judged : step.judged())
            for (var cell : judged.judgement().cells())
                byFlow.merge(FlowKey.of(cell.question().probe()), verdict(cell), DigestBuilder::worse);
        return List.copyOf(byFlow.values());
    }

    private static FlowVerdict verdict(Cell cell) {
        return new FlowVerdict(FlowKey.of(cell.question().probe()), FlowResult.of(cell), cell.agrees());
    }

    private static FlowVerdict worse(FlowVerdict first, FlowVerdict second) {
        return first.agrees() && !second.agrees() ? second : first;
    }

    private record Watched(String flow, Window.Kind kind, String cause) {}

    private static List<WindowDigest> windows(Collection<ScenarioRun> times) {
        var groups = new LinkedHashMap<Watched, List<Window>>();
        for (var run : times) for (var watch : run.watches()) gather(watch, run.applied(), groups);
        return groups.entrySet().stream()
            .map(e -> WindowDigest.of(e.getKey().flow, e.getKey().kind, e.getKey().cause, e.getValue())).toList();
    }

    private static void gather(WatchRun watch, List<Entry.Applied> applied, Map<Watched, List<Window>> groups) {
        var causes = watch.causes(applied);
        for (int i = 0; i < watch.runs().size(); i++)
            for (var window : Windows.of(watch.runs().get(i), causes)) {
                if (window.censored() == Window.Censored.LEFT || window.kind() == Window.Kind.UNSAMPLED) continue;
                var cause = window.cause();
                groups.computeIfAbsent(new Watched(watch.watched().flows().get(i).toString(), window.kind(),
                    cause == null ? "" : cause.words()), _ -> new ArrayList<>()).add(window);
            }
    }

    private static List<FateDigest> fates(ScenarioRun scenario) {
        return scenario.steps().stream().flatMap(s -> s.fates().stream()).map(f -> new FateDigest(f.recorded().flow().toString(),
            f.recorded().line(), fate(f.recorded().verdict().fate()))).toList();
    }

    private static String fate(@Nullable Fate fate) {
        return switch (fate) {
            case Fate.Survives _ -> "survives";
            case Fate.Reset _ -> "is reset";
            case Fate.Silent _ -> "goes silent";
            case Fate.OneWay(var going, _) -> "goes on one way, " + going.name().toLowerCase(Locale.ROOT);
            case null -> "not known";
        };
    }
}

package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.history.DigestBuilder;
import dev.lockdown.history.FeaturePath;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.history.RunDigest;
import dev.lockdown.journal.EntryWriter;
import dev.lockdown.journal.PlannedShard;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.metrics.RunMetrics;
import dev.lockdown.report.Run;
import dev.lockdown.report.json.RunJson;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.report.text.Screen;
import dev.lockdown.report.text.Terminal;
import dev.lockdown.run.FailureFolders;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.run.RecordedRun;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.PolicyReview;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.SoakStop;
import dev.lockdown.spec.Specification;
import dev.lockdown.spec.Upcoming;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// Runs the specification as `run` asks for it.
final class SpecRunner {
    private static final String ALLURE = "io.qameta.allure.cucumber7jvm.AllureCucumber7Jvm";

    private static final String SOAK = "@soak";
    /// What was begun is healed and judged within so long.
    private static final Duration JUDGED = Duration.ofSeconds(60);

    private final ProcessContext context;
    private final Clusters clusters;
    private final PolicyReview review;
    private final Map<String, Requirements> asked;

    /// @param review sees every policy; a run with one of its own leaves standard output's one document to its caller
    SpecRunner(ProcessContext context, Clusters clusters, PolicyReview review) {
        this(context, clusters, review, Map.of());
    }

    private SpecRunner(ProcessContext context, Clusters clusters, PolicyReview review, Map<String, Requirements> asked) {
        this.context = context;
        this.clusters = clusters;
        this.review = review;
        this.asked = asked;
    }

    /// The same, knowing what scenarios ask of their cluster.
    ///
    /// @param known by their places, `path:line`
    SpecRunner foreseeing(Map<String, Requirements> known) {
        return new SpecRunner(context, clusters, review, known);
    }

    /// @throws EnvironmentException if this machine cannot
    ExitStatus run(RunOptions options) {
        var selected = select(selections(options, context.err()::println), options);
        if (options.soak() != null && !selected.tags().contains(SOAK))
            throw new InputException("--for is how long scenarios tagged %s go on, and none of those that are selected is; type %s as well"
                .formatted(SOAK, SOAK));
        boolean whole = options.shard().equals(Shard.WHOLE);
        var specification = whole ? selected : select(shard(selected.scenarios(), options), options);
        var shard = whole ? null : options.shard().planned(selected.lines());
        try (var backend = clusters.backend(options.cluster())) {
            var folder = RunFolder.create(options.reports(), Clock.system(ZoneId.systemDefault()));
            new LastRun(context.state()).remember(folder);
            System.setProperty("allure.results.directory", AllureSite.results(folder).toString());
            var status = run(options, specification, shard, backend, folder);
            // What is removed in the end is waited for when the journal is closed.
            backend.hear(clusters.waits());
            return status;
        }
    }

    /// What is to be run: what was typed, or what did not pass in an earlier run.
    static List<String> selections(RunOptions options, Consumer<String> notes) {
        var failed = options.failedOf();
        return failed == null ? options.selections() : Rerun.selections(failed, notes);
    }

    private static Specification select(List<String> words, RunOptions options) {
        // Only the embedded cluster is made anew for each scenario.
        int threads = options.cluster().choice() instanceof ClusterChoice.Embedded ? options.threads() : 1;
        return Specification.select(words, threads, List.of(ALLURE));
    }

    private ExitStatus run(RunOptions options, Specification specification, @Nullable PlannedShard shard, Backend backend,
            RunFolder folder) {
        try (var run = RecordedRun.in(folder, context.clock())) {
            // Where more than ASCII is written it is UTF-8, whatever the locale.
            var people = new PrintStream(options.output() == Output.TEXT ? System.out : System.err, true, StandardCharsets.UTF_8);
            var terminal = new Terminal(people, screen(), folder.path(), new FeatureFiles(Path.of("")));
            run.listen(terminal);
            if (options.output() == Output.JSONL) {
                var lines = new EntryWriter();
                run.listen(entry -> {
                    context.out().print(new String(lines.line(entry), StandardCharsets.UTF_8));
                    context.out().flush();
                });
            }
            context.cleanup().add(run::interrupt);
            var stop = new SoakStop();
            context.cleanup().add(() -> stop(stop, run));
            run.start(Version.own().full(), Clusters.words(options.cluster(), backend), options.seed(), options.command());
            run.append(new Entry.Plugins(context.clock().instant(), backend.networkPlugins()));
            run.plan(specification.lines(), options.repeat(), shard);
            var untrusted = new AtomicBoolean();
            var session = new Session(backend, entry -> {
                run.append(entry);
                // One cluster for all scenarios: what its canary says holds for those to come.
                if (entry instanceof Entry.Canary c && c.problem() != null && !backend.isolatesScenarios()) untrusted.set(true);
            }, context.clock(), () -> untrusted.get() || stop.isStopped() || run.isLost(), review)
                .acceptingUnseen(options.cluster().acceptUnseen()).telling(terminal::asked)
                .keeping(new FailureFolders(folder)).seeded(options.seed()).soaking(options.soak()).stoppedBy(stop)
                .foreseeing(upcoming(specification, backend));
            var status = run.finish(played(specification, session, options.repeat(), run));
            if (options.history() != null || options.metrics() != null) keep(DigestBuilder.of(run.run()), options);
            run.prune(options.reports(), options.keepReports(), context.err()::println);
            if (options.output() == Output.JSON && review == PolicyReview.NONE) writeJson(run.run(), status, folder);
            if (options.allure()) context.err().println("allure: " + AllureSite.make(folder));
            return status;
        }
    }

    private static void keep(RunDigest digest, RunOptions options) {
        // A part of a run is no run: what its parts come to is kept when they are merged.
        if (options.history() != null && options.shard().equals(Shard.WHOLE)) new HistoryFolder(options.history()).add(digest);
        if (options.metrics() != null) options.metrics().write(RunMetrics.of(Map.of(options.cluster().choice().typed(), digest)));
    }

    /// What is skipped here asks nothing.
    private Upcoming upcoming(Specification specification, Backend backend) {
        if (backend.isolatesScenarios()) return Upcoming.UNKNOWN;
        var possible = new HashMap<>(asked);
        possible.values().removeIf(requirements -> backend.provision().refusal(requirements).isPresent());
        return Upcoming.of(specification.scenarios(), possible);
    }

    private static List<Ending> played(Specification specification, Session session, int times, RecordedRun run) {
        try {
            return specification.run(session, times);
        } catch (RuntimeException e) {
            // On a full disk others fail to write as well.
            run.requireRecorded();
            throw e;
        }
    }

    /// Before the run is ended as it is, what goes on for a time is ended, healed and judged.
    private void stop(SoakStop stop, RecordedRun run) throws InterruptedException {
        if (!stop.stop()) return;
        run.stop();
        context.err().println("stopping: what goes on is healed, and judged with what was sampled");
        stop.await(JUDGED);
    }

    private void writeJson(Run run, ExitStatus status, RunFolder folder) {
        try {
            RunJson.write(run, status.code(), folder.path().toString(), new FeatureFiles(Path.of("")), context.out());
            context.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the run could not be written to standard output", e);
        }
    }

    private Screen screen() {
        var traits = context.terminal();
        return new Screen(traits.width(), traits.colour(), traits.live(), traits.unicode());
    }

    private List<String> shard(List<String> scenarios, RunOptions options) {
        var own = options.shard().of(scenarios, times(scenarios, options));
        if (own.isEmpty())
            throw new InputException("shard %s has no scenario: there are only %s".formatted(options.shard(), scenarios.size()));
        return own;
    }

    /// How long scenarios took when all of them were last run, by their places.
    private Map<String, Duration> times(List<String> scenarios, RunOptions options) {
        var path = options.history();
        if (path == null || !Files.isDirectory(path)) return Map.of();
        var newest = new HistoryFolder(path).read(context.err()::println).values().stream().flatMap(List::stream)
            .max(Comparator.comparing(kept -> kept.head().info().at()));
        var known = new HashMap<String, Duration>();
        newest.ifPresent(kept -> kept.digest(context.err()::println).scenarios().forEach(s -> known.put(s.place(), s.took())));
        var times = new HashMap<String, Duration>();
        for (var scenario : scenarios)
            if (known.get(FeaturePath.ofPlace(scenario)) instanceof Duration took) times.put(scenario, took);
        return times;
    }
}

package dev.lockdown.suite;

import dev.lockdown.cli.ClusterProperties;
import dev.lockdown.cluster.Backend;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.text.Diagnosis;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.run.FailureFolders;
import dev.lockdown.run.RecordedRun;
import dev.lockdown.run.SteadyClock;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Recorder;
import dev.lockdown.spec.Session;
import dev.lockdown.state.InputException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One run of scenarios that JUnit plays, whoever says them: its cluster, chosen by system properties, its journal and its reports. There is
/// one at a time in a JVM.
///
/// ```java
/// var run = new SuiteRun(Path.of("target/lockdown"));
/// run.begin(Map.of());
/// // scenarios, by run.recorder()
/// run.end(() -> "nothing is selected");
/// ```
public final class SuiteRun {
    /// Where runs are kept if nothing else is said.
    public static final String FOLDER = "target/lockdown";
    private static final int RUNS_KEPT = 20;
    private static final int WIDTH = 120;

    private final Clock clock = SteadyClock.from(Clock.system(ZoneId.systemDefault()));
    private final Path reports;
    private final Recorder recorder = new Recorder(this::append, clock);
    private final RunBuilder seen = new RunBuilder();
    private final AtomicBoolean untrusted = new AtomicBoolean();
    // A scenario's entries come on the thread that runs it.
    private final ThreadLocal<ScenarioRun> finished = new ThreadLocal<>();
    private @Nullable ClusterProperties cluster;
    private @Nullable Backend backend;
    private @Nullable Session session;
    private @Nullable RecordedRun run;
    private @Nullable RunFolder folder;

    /// @param reports the folder in which the run's folder is made
    public SuiteRun(Path reports) {
        this.reports = reports;
    }

    public Recorder recorder() {
        return recorder;
    }

    private void append(Entry entry) {
        Objects.requireNonNull(run, "the run begins first").append(entry);
        // One cluster for all scenarios: what its canary says holds for those to come.
        if (entry instanceof Entry.Canary c && c.problem() != null && !isolatesScenarios()) untrusted.set(true);
        synchronized (seen) {
            seen.accept(entry);
            if (entry instanceof Entry.ScenarioFinished e) finished.set(seen.scenario(e.scenario()));
        }
    }

    /// Make the cluster and begin the journal.
    ///
    /// @param defaults properties that hold where neither the system's nor the environment say otherwise
    /// @throws ScenarioError if that cannot be, for a reason that is no defect: without a stack trace, which would lead into JUnit
    public void begin(Map<String, String> defaults) {
        begin(null, defaults);
    }

    /// The same where it is known what will be run.
    void begin(@Nullable SelectedScenarios selected, Map<String, String> defaults) {
        try {
            start(selected, defaults);
        } catch (RuntimeException e) {
            if (Ending.ofFailure(e) == Ending.DEFECT) throw e;
            throw new ScenarioError(Ending.words(e));
        }
    }

    private void start(@Nullable SelectedScenarios selected, Map<String, String> defaults) {
        var chosen = ClusterProperties.of(properties(defaults), System.getenv(), reports, clock);
        cluster = chosen;
        var planned = selected == null ? null : selected.checked(chosen.isEmbedded(), chosen.cniNames());
        if (planned != null && !planned.mistakes().isEmpty()) throw new ScenarioError(planned.mistakes());
        if (selected != null && selected.parallel() && !chosen.isEmbedded()) throw new InputException("""
            on one cluster scenarios run one after another: set cucumber.execution.parallel.enabled=false""");
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("interruption").unstarted(chosen::interrupt));
        var made = chosen.backend();
        backend = made;
        folder = RunFolder.createPrivate(reports, clock);
        var begun = RecordedRun.in(folder, clock);
        run = begun;
        chosen.closeIfInterrupted(begun::interrupt);
        begun.start(chosen.version(), chosen.words(made), 0,
            chosen.command(planned == null ? List.of() : List.copyOf(planned.lines().keySet())));
        begun.append(new Entry.Plugins(clock.instant(), made.networkPlugins()));
        if (planned != null) begun.plan(planned.lines(), 1, null);
        session = new Session(made, this::append, clock, untrusted::get).acceptingUnseen(chosen.acceptsUnseen())
            .keeping(new FailureFolders(folder));
        session.open();
    }

    private static Map<String, String> properties(Map<String, String> defaults) {
        var properties = new HashMap<>(defaults);
        if (System.getenv("LOCKDOWN_CLUSTER") != null) properties.remove("lockdown.cluster");
        var own = System.getProperties();
        properties.putAll(own.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, own::getProperty)));
        return properties;
    }

    /// Whether each scenario has a cluster of its own, so that several may run at once.
    public boolean isolatesScenarios() {
        return backend != null && backend.isolatesScenarios();
    }

    /// Of the scenario that has just finished on this thread, all that the command line would tell of it if it did not pass; else null, also
    /// if it was skipped. Is told once.
    public @Nullable ScenarioError takeFault() {
        var scenario = finished.get();
        finished.remove();
        if (scenario == null || !scenario.status().isFaulty()) return null;
        return new ScenarioError(new Diagnosis(new FeatureFiles(Path.of("")), WIDTH).text(scenario) + report());
    }

    private String report() {
        return "report: " + Objects.requireNonNull(folder, "the run has begun").html();
    }

    /// Write the reports.
    ///
    /// @param nothing says why no scenario was run
    /// @throws ScenarioError if nothing was proven: no scenario was run, or all were skipped
    public void end(Supplier<String> nothing) {
        if (session == null || backend == null || run == null) return;
        session.close();
        try (var closing = backend; var ended = run) {
            var endings = recorder.endings();
            if (endings.isEmpty()) throw refused(ended, nothing.get());
            ended.finish(endings);
            ended.prune(reports, RUNS_KEPT, System.err::println);
            requireSomeRun(endings, ended, closing);
        } finally {
            if (cluster != null) cluster.over();
        }
    }

    private ScenarioError refused(RecordedRun ended, String problem) {
        ended.refuse(problem);
        return new ScenarioError(problem + "\n" + report());
    }

    private void requireSomeRun(Collection<Ending> endings, RecordedRun ended, Backend on) {
        if (!endings.stream().allMatch(e -> e == Ending.SKIPPED)) return;
        var reasons = ended.run().scenarios().stream().map(s -> "  skipped: " + s.skippedBecause()).distinct().toList();
        throw new ScenarioError(
            "%s%s\n%s\n%s".formatted(ended.run().sentence(), on.description().isEmpty() ? "" : " on " + on.description(),
                String.join("\n", reasons), report()));
    }
}

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
import dev.lockdown.spec.selection.TagChoice;
import dev.lockdown.state.InputException;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestRunStarted;
import io.cucumber.plugin.event.TestSourceRead;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs scenarios wherever Cucumber runs them, leaves a journal and reports as `./lockdown run` does, and fails the build where the
/// command line would not end with 0.
///
/// The folder of reports is the argument (`dev.lockdown.suite.LockdownPlugin:target/lockdown`), or `target/lockdown`. The cluster is the
/// embedded one, or what the system properties say; see [ClusterProperties].
public final class LockdownPlugin implements ConcurrentEventListener {
    private static final String FOLDER = "target/lockdown";
    private static final int RUNS_KEPT = 20;
    private static final int WIDTH = 120;

    private final Clock clock = SteadyClock.from(Clock.system(ZoneId.systemDefault()));
    private final Path reports;
    private final Recorder recorder = new Recorder(this::append, clock);
    private final Set<String> tags = new ConcurrentSkipListSet<>();
    private final RunBuilder seen = new RunBuilder();
    private final AtomicBoolean untrusted = new AtomicBoolean();
    // Cucumber sends a scenario's events on the thread that runs it.
    private final ThreadLocal<ScenarioRun> finished = new ThreadLocal<>();
    private @Nullable ClusterProperties cluster;
    private @Nullable Backend backend;
    private @Nullable Session session;
    private @Nullable RecordedRun run;
    private @Nullable RunFolder folder;

    public LockdownPlugin() {
        this(FOLDER);
    }

    /// @param reports the folder in which the run's folder is made
    public LockdownPlugin(String reports) {
        this.reports = Path.of(reports);
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestRunStarted.class, _ -> begin());
        publisher.registerHandlerFor(TestSourceRead.class, e -> tags.addAll(tags(e.getSource())));
        recorder.setEventPublisher(publisher);
        publisher.registerHandlerFor(TestCaseFinished.class, _ -> requirePassed());
        publisher.registerHandlerFor(TestRunFinished.class, _ -> end());
    }

    private static List<String> tags(String source) {
        return source.lines().map(String::strip).filter(l -> l.startsWith("@")).flatMap(l -> Arrays.stream(l.split("\\s+")))
            .takeWhile(t -> !t.startsWith("#")).filter(t -> t.startsWith("@")).toList();
    }

    private void append(Entry entry) {
        run().append(entry);
        // One cluster for all scenarios: what its canary says holds for those to come.
        if (entry instanceof Entry.Canary c && c.problem() != null && backend != null && !backend.isolatesScenarios()) untrusted.set(true);
        synchronized (seen) {
            seen.accept(entry);
            if (entry instanceof Entry.ScenarioFinished e) finished.set(seen.scenario(e.scenario()));
        }
    }

    private RecordedRun run() {
        return Objects.requireNonNull(run, "Cucumber sends TestRunStarted first");
    }

    /// What is no defect is told without a stack trace, which would lead into JUnit.
    private void begin() {
        try {
            start();
        } catch (RuntimeException e) {
            if (Ending.ofFailure(e) == Ending.DEFECT) throw e;
            throw new ScenarioError(Ending.words(e));
        }
    }

    private void start() {
        var chosen = ClusterProperties.of(properties(), System.getenv(), reports, clock);
        cluster = chosen;
        var selected = SuitePlan.take();
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
        if (planned != null) begun.plan(planned.lines(), 1);
        session = new Session(made, this::append, clock, untrusted::get).acceptingUnseen(chosen.acceptsUnseen())
            .keeping(new FailureFolders(folder));
        session.open();
    }

    private static Map<String, String> properties() {
        var properties = System.getProperties();
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /// Cucumber knows a scenario that claims nothing for one that passed, and of one that failed the bare message.
    private void requirePassed() {
        var scenario = finished.get();
        finished.remove();
        if (scenario == null || !scenario.status().isFaulty()) return;
        throw new ScenarioError(new Diagnosis(new FeatureFiles(Path.of("")), WIDTH).text(scenario) + report());
    }

    private String report() {
        return "report: " + Objects.requireNonNull(folder, "the run has begun").html();
    }

    private void end() {
        if (session == null || backend == null) return;
        session.close();
        try (var closing = backend; var ended = run()) {
            var endings = recorder.endings();
            if (endings.isEmpty()) throw refused(ended);
            ended.finish(endings);
            ended.prune(reports, RUNS_KEPT, System.err::println);
            requireSomeRun(endings, ended, closing);
        } finally {
            if (cluster != null) cluster.over();
        }
    }

    private ScenarioError refused(RecordedRun ended) {
        var problem = nothingSelected();
        ended.refuse(problem);
        return new ScenarioError(problem + "\n" + report());
    }

    private String nothingSelected() {
        try {
            var filter = System.getProperty("cucumber.filter.tags", "");
            if (!filter.isEmpty())
                new TagChoice(List.of(filter)).require(List.of(List.copyOf(tags)), List.of("the suite, cucumber.filter.tags ="));
            return "nothing is selected: no scenario of the suite was run";
        } catch (InputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void requireSomeRun(Collection<Ending> endings, RecordedRun ended, Backend on) {
        if (!endings.stream().allMatch(e -> e == Ending.SKIPPED)) return;
        var reasons = ended.run().scenarios().stream().map(s -> "  skipped: " + s.skippedBecause()).distinct().toList();
        throw new ScenarioError(
            "%s%s\n%s\n%s".formatted(ended.run().sentence(), on.description().isEmpty() ? "" : " on " + on.description(),
                String.join("\n", reasons), report()));
    }
}

package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.EntryWriter;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Journal;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.journal.RunLock;
import dev.lockdown.report.Run;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.json.RunJson;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.report.text.Screen;
import dev.lockdown.report.text.Terminal;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.PolicyReview;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Runs the specification as `run` asks for it.
final class SpecRunner {
    private static final String ALLURE = "io.qameta.allure.cucumber7jvm.AllureCucumber7Jvm";

    private final ProcessContext context;
    private final Clusters clusters;
    private final PolicyReview review;

    /// @param review sees every policy; a run with one of its own leaves standard output's one document to its caller
    SpecRunner(ProcessContext context, Clusters clusters, PolicyReview review) {
        this.context = context;
        this.clusters = clusters;
        this.review = review;
    }

    /// @throws EnvironmentException if this machine cannot
    ExitStatus run(RunOptions options) {
        var selected = select(selections(options), options);
        var specification = options.shard().equals(Shard.WHOLE) ? selected
            : select(shard(selected.scenarios(), options.shard()), options);
        try (var backend = clusters.backend(options.cluster())) {
            var folder = RunFolder.create(options.reports(), Clock.system(ZoneId.systemDefault()));
            System.setProperty("allure.results.directory", AllureSite.results(folder).toString());
            return run(options, specification, backend, folder);
        }
    }

    private static Specification select(List<String> words, RunOptions options) {
        // Only the embedded cluster is made anew for each scenario.
        int threads = options.cluster().choice() instanceof ClusterChoice.Embedded ? options.threads() : 1;
        return Specification.select(words, threads, List.of(ALLURE));
    }

    private ExitStatus run(RunOptions options, Specification specification, Backend backend, RunFolder folder) {
        var run = new RunBuilder();
        var start = context.clock().instant();
        try (var _ = RunLock.hold(folder); var journal = Journal.in(folder)) {
            journal.listen(run);
            // Where more than ASCII is written it is UTF-8, whatever the locale.
            var people = new PrintStream(options.output() == Output.TEXT ? System.out : System.err, true, StandardCharsets.UTF_8);
            journal.listen(new Terminal(people, screen(), folder.path(), new FeatureFiles(Path.of(""))));
            if (options.output() == Output.JSONL) {
                var lines = new EntryWriter();
                journal.listen(entry -> System.out.writeBytes(lines.line(entry)));
            }
            context.cleanup().add(() -> finish(journal, run, folder, ExitStatus.INTERRUPTED, start, "interrupted"));
            journal.append(
                new Entry.RunStarted(start, folder.id(), Version.number(), Clusters.words(options.cluster(), backend), options.seed(),
                    options.command()));
            journal.append(new Entry.Planned(start, specification.plan()));
            var untrusted = new AtomicBoolean();
            var endings = specification.run(new Session(backend, entry -> {
                journal.append(entry);
                // One cluster for all scenarios: what its canary says holds for those to come.
                if (entry instanceof Entry.Canary c && c.problem() != null && !backend.isolatesScenarios()) untrusted.set(true);
            }, context.clock(), untrusted::get, review), options.repeat());
            var status = status(endings);
            // A journal with a gap proves nothing, however green its scenarios are.
            var failure = journal.failure();
            if (failure != null) throw failure;
            finish(journal, run, folder, status, start, null);
            new ReportPruning(options.reports(), options.keepReports()).after(folder, context.err());
            if (options.output() == Output.JSON && review == PolicyReview.NONE) writeJson(run.run(), status, folder);
            if (options.allure()) context.err().println("allure: " + AllureSite.make(folder));
            return status;
        }
    }

    private static void writeJson(Run run, ExitStatus status, RunFolder folder) {
        try {
            RunJson.write(run, status.code(), folder.path().toString(), new FeatureFiles(Path.of("")), System.out);
        } catch (IOException e) {
            throw new UncheckedIOException("the run could not be written to standard output", e);
        }
    }

    private void finish(Journal journal, RunBuilder run, RunFolder folder, ExitStatus status, Instant start, @Nullable String problem) {
        synchronized (run) {
            var known = run.run();
            if (known.finished() != null) return;
            var finished = finished(status, start, problem);
            // First the reports, for the last line on the terminal says where they are.
            RunArtifacts.write(new Run(known.started(), known.planned(), known.features(), finished), folder);
            journal.append(finished);
        }
    }

    private Entry.RunFinished finished(ExitStatus status, Instant start, @Nullable String problem) {
        var now = context.clock().instant();
        return new Entry.RunFinished(now, status.code(), Duration.between(start, now), problem);
    }

    private Screen screen() {
        var traits = context.terminal();
        return new Screen(traits.width(), traits.colour(), traits.live(), traits.unicode());
    }

    private static List<String> selections(RunOptions options) {
        var failed = options.failedOf();
        if (failed == null) return options.selections();
        var words = new ArrayList<String>();
        for (var scenario : Run.of(JournalReader.read(failed)).scenarios())
            if (scenario.status() != Status.PASSED && scenario.status() != Status.SKIPPED)
                words.add(scenario.started().feature() + ":" + scenario.started().line());
        if (words.isEmpty()) throw new InputException("every scenario of %s passed; there is nothing to run again".formatted(failed));
        return words.stream().distinct().toList();
    }

    private static List<String> shard(List<String> scenarios, Shard shard) {
        var own = shard.of(scenarios);
        if (own.isEmpty()) throw new InputException("shard %s has no scenario: there are only %d".formatted(shard, scenarios.size()));
        return own;
    }

    private static ExitStatus status(Collection<Ending> endings) {
        if (endings.stream().allMatch(e -> e == Ending.SKIPPED)) return ExitStatus.INCONCLUSIVE;
        return ExitStatus.of(endings.stream().map(SpecRunner::status).toList());
    }

    private static ExitStatus status(Ending ending) {
        return switch (ending) {
            case PASSED, SKIPPED -> ExitStatus.OK;
            case FAILED -> ExitStatus.FAILED;
            case WRONG_INPUT -> ExitStatus.BAD_INPUT;
            case ENVIRONMENT -> ExitStatus.CANNOT_RUN;
            case INCONCLUSIVE -> ExitStatus.INCONCLUSIVE;
            case DEFECT -> ExitStatus.DEFECT;
        };
    }
}

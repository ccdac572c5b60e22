package dev.lockdown.suite;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Journal;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.Run;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.html.HtmlReport;
import dev.lockdown.report.junit.JunitXml;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.spec.Recorder;
import dev.lockdown.spec.Session;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestRunStarted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// Runs scenarios on embedded clusters wherever Cucumber runs them, and leaves a journal and a report as `./lockdown run` does.
///
/// The folder of reports is the argument (`dev.lockdown.suite.LockdownPlugin:target/lockdown`), or `target/lockdown`.
public final class LockdownPlugin implements ConcurrentEventListener {
    private static final String FOLDER = "target/lockdown";

    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final Path reports;
    private final RunBuilder run = new RunBuilder();
    private final EmbeddedBackend backend = EmbeddedBackend.sound(clock);
    private final Recorder recorder = new Recorder(this::append, clock);
    private final Session session = new Session(backend, this::append, clock, () -> false);
    private final Instant start = clock.instant();
    private Journal journal = Journal.inMemory();
    private RunFolder folder = new RunFolder(Path.of(FOLDER));

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
        recorder.setEventPublisher(publisher);
        publisher.registerHandlerFor(TestRunFinished.class, _ -> end());
    }

    private void append(Entry entry) {
        journal.append(entry);
    }

    private void begin() {
        folder = RunFolder.create(reports, clock);
        journal = Journal.in(folder);
        journal.listen(run);
        append(new Entry.RunStarted(start, folder.id(), "suite", "embedded", 0, List.of("mvn", "verify")));
        session.open();
    }

    private void end() {
        session.close();
        var now = clock.instant();
        append(new Entry.RunFinished(now, run.run().counts().faulty() == 0 ? 0 : 1, Duration.between(start, now), null));
        journal.close();
        backend.close();
        write(run.run());
    }

    private void write(Run finished) {
        try {
            HtmlReport.write(finished, folder.html());
            JunitXml.write(finished, new FeatureFiles(Path.of("")), folder.junit());
        } catch (IOException e) {
            throw new UncheckedIOException("the reports could not be written to " + folder.path(), e);
        }
    }
}

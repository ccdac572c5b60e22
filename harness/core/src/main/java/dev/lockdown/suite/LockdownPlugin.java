package dev.lockdown.suite;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.run.RecordedRun;
import dev.lockdown.spec.Recorder;
import dev.lockdown.spec.Session;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestRunStarted;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs scenarios on embedded clusters wherever Cucumber runs them, and leaves a journal and reports as `./lockdown run` does.
///
/// The folder of reports is the argument (`dev.lockdown.suite.LockdownPlugin:target/lockdown`), or `target/lockdown`.
public final class LockdownPlugin implements ConcurrentEventListener {
    private static final String FOLDER = "target/lockdown";
    private static final int RUNS_KEPT = 20;

    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final Path reports;
    private final EmbeddedBackend backend = EmbeddedBackend.sound(clock);
    private final Recorder recorder = new Recorder(this::append, clock);
    private final Session session = new Session(backend, this::append, clock, () -> false);
    private @Nullable RecordedRun run;

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
        run().append(entry);
    }

    private RecordedRun run() {
        return Objects.requireNonNull(run, "Cucumber sends TestRunStarted first");
    }

    private void begin() {
        run = RecordedRun.in(RunFolder.createPrivate(reports, clock), clock);
        run.start("suite", "embedded", 0, List.of("mvn", "verify"));
        session.open();
    }

    private void end() {
        session.close();
        try (backend; var ended = run()) {
            ended.finish(recorder.endings());
            ended.prune(reports, RUNS_KEPT, System.err::println);
        }
    }
}

package dev.lockdown.suite;

import dev.lockdown.cli.ClusterProperties;
import dev.lockdown.spec.selection.TagChoice;
import dev.lockdown.state.InputException;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestRunFinished;
import io.cucumber.plugin.event.TestRunStarted;
import io.cucumber.plugin.event.TestSourceRead;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Runs scenarios wherever Cucumber runs them, leaves a journal and reports as `./lockdown run` does, and fails the build where the
/// command line would not end with 0.
///
/// The folder of reports is the argument (`dev.lockdown.suite.LockdownPlugin:target/lockdown`), or `target/lockdown`. The cluster is the
/// embedded one, or what the system properties say; see [ClusterProperties].
public final class LockdownPlugin implements ConcurrentEventListener {
    private final SuiteRun run;
    private final Set<String> tags = new ConcurrentSkipListSet<>();

    public LockdownPlugin() {
        this(SuiteRun.FOLDER);
    }

    /// @param reports the folder in which the run's folder is made
    public LockdownPlugin(String reports) {
        this.run = new SuiteRun(Path.of(reports));
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestRunStarted.class, _ -> run.begin(SuitePlan.take(), Map.of()));
        publisher.registerHandlerFor(TestSourceRead.class, e -> tags.addAll(tags(e.getSource())));
        run.recorder().setEventPublisher(publisher);
        publisher.registerHandlerFor(TestCaseFinished.class, _ -> requirePassed());
        publisher.registerHandlerFor(TestRunFinished.class, _ -> run.end(this::nothingSelected));
    }

    private static List<String> tags(String source) {
        return source.lines().map(String::strip).filter(l -> l.startsWith("@")).flatMap(l -> Arrays.stream(l.split("\\s+")))
            .takeWhile(t -> !t.startsWith("#")).filter(t -> t.startsWith("@")).toList();
    }

    /// Cucumber knows a scenario that claims nothing for one that passed, and of one that failed the bare message.
    private void requirePassed() {
        var fault = run.takeFault();
        if (fault != null) throw fault;
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
}

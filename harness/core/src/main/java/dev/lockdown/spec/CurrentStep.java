package dev.lockdown.spec;

import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.trial.BaselineNeeds;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestStepFinished;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the running scenario is: its id, all its steps, and the one that runs.
public final class CurrentStep {
    // Events reach the plugin and steps run on one and the same thread, and Cucumber offers no other way from one to the other.
    private static final ThreadLocal<CurrentStep> CURRENT = new ThreadLocal<>();

    private final String id;
    private final List<PickleStepTestStep> all;
    private final List<String> source;
    private final boolean dry;
    /// What is asked of the baseline where nobody knows which steps will come.
    private final @Nullable BaselineNeeds spoken;
    private final StepBlock block = new StepBlock();
    private final List<TestStepFinished> finished = new ArrayList<>();
    private @Nullable PickleStepTestStep step;
    private StepLines lines = StepLines.NONE;
    private @Nullable String evidence;

    private CurrentStep(String id, List<PickleStepTestStep> all, List<String> source, boolean dry, @Nullable BaselineNeeds spoken) {
        this.id = id;
        this.all = all;
        this.source = source;
        this.dry = dry;
        this.spoken = spoken;
    }

    /// @param source the lines of the scenario's feature
    static void enter(String id, TestCase testCase, List<String> source) {
        CURRENT.set(new CurrentStep(id, testCase.getTestSteps().stream().filter(PickleStepTestStep.class::isInstance)
            .map(PickleStepTestStep.class::cast).toList(), source, false, null));
    }

    /// Enter a scenario that is only checked.
    public static void enterDry(String id) {
        CURRENT.set(new CurrentStep(id, List.of(), List.of(), true, null));
    }

    /// A scenario whose steps are said one by one, by whatever thread.
    static CurrentStep spoken(String id, BaselineNeeds asked) {
        return new CurrentStep(id, List.of(), List.of(), false, asked);
    }

    /// Do something in this scenario.
    void during(Runnable action) {
        CURRENT.set(this);
        try {
            action.run();
        } finally {
            CURRENT.remove();
        }
    }

    /// Play a scenario without running it, while another one may run.
    static <T> T dry(String id, Supplier<T> play) {
        var running = CURRENT.get();
        enterDry(id);
        try {
            return play.get();
        } finally {
            CURRENT.set(running);
        }
    }

    public static void leave() {
        CURRENT.remove();
    }

    static CurrentStep current() {
        var current = CURRENT.get();
        if (current == null)
            throw new IllegalStateException("no scenario runs: add the plugin dev.lockdown.suite.LockdownPlugin to cucumber.plugin");
        return current;
    }

    static void at(PickleStepTestStep step) {
        var current = current();
        current.step = step;
        current.lines = StepLines.of(step, current.source);
    }

    public static void at(StepLines lines) {
        current().lines = lines;
    }

    String id() {
        return id;
    }

    /// Where what the cluster told is kept, or null.
    @Nullable String evidence() {
        return evidence;
    }

    void keptIn(@Nullable String folder) {
        if (folder != null) evidence = folder;
    }

    /// Whether the scenario is only checked: nothing is started or recorded.
    boolean isDry() {
        return dry;
    }

    /// The scenario's steps, those of its background among them.
    List<PickleStepTestStep> all() {
        return all;
    }

    boolean isSpoken() {
        return spoken != null;
    }

    /// What the scenario asks of its baseline.
    BaselineNeeds asksBaseline() {
        return spoken != null ? spoken : BaselineQuestion.ofAll(all);
    }

    /// How its verdict steps end.
    StepBlock block() {
        return block;
    }

    /// What has finished and is not in the journal yet.
    List<TestStepFinished> finished() {
        return finished;
    }

    /// Whether the step that runs is the last of the verdict steps between two changes.
    boolean endsBlock() {
        if (isSpoken()) return true;
        int next = all.indexOf(step) + 1;
        return next == all.size() || !Vocabulary.isVerdict(all.get(next));
    }

    /// Whether any of its steps can prove something.
    boolean hasVerdict() {
        return all.stream().anyMatch(Vocabulary::isVerdict);
    }

    /// The line of the step that runs, or 0.
    int line() {
        return lines.line();
    }

    /// The line of a row of the step's table, its header being row 0.
    int line(int row) {
        return lines.row(row);
    }

    /// Where the first character of the step's text block stands.
    Position text() {
        return new Position(file(), lines.argument() + 1, lines.indent() + 1);
    }

    /// The feature's path.
    String file() {
        return id.substring(0, id.lastIndexOf(':'));
    }
}

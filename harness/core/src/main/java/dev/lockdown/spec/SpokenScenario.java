package dev.lockdown.spec;

import dev.lockdown.flow.Probe.Transport;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.GlueSteps.Below;
import dev.lockdown.spec.GlueSteps.Match;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.BaselineNeeds;
import io.cucumber.datatable.DataTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// A scenario that a program says step by step, in the words of a feature, in place of Gherkin. Nobody knows beforehand what will be said, so
/// each verdict step is judged at once, and the baseline asks for every flow.
///
/// ```java
/// var scenario = SpokenScenario.begin(recorder, title, new BaselineNeeds(Set.of(), false, false), StepRepair::words);
/// scenario.say("When", "\"shop\" denies all ingress", lines, null);
/// scenario.say("Then", "\"shop/web\" cannot reach \"shop/api\" on TCP/8080", lines, null);
/// var ending = scenario.end(null);
/// ```
/// Used by one thread at a time.
public final class SpokenScenario {
    private static final GlueSteps GLUE = GlueSteps.load();

    private final Recorder recorder;
    private final CurrentStep current;
    private final BaselineNeeds asked;
    private final UnaryOperator<String> unknown;
    private final ScenarioContext context = new ScenarioContext();
    private final List<Object> glue = List.of(new SetupSteps(context), new ChangeSteps(context), new VerdictSteps(context),
        new TimeSteps(context), new HeldSteps(context), new DisruptionSteps(context), new ScheduleSteps(context));
    private final Instant began;
    private boolean claimed;
    private @Nullable Throwable told;
    private @Nullable Throwable lastly;
    private @Nullable Ending ending;

    private SpokenScenario(Recorder recorder, CurrentStep current, BaselineNeeds asked, UnaryOperator<String> unknown) {
        this.recorder = recorder;
        this.current = current;
        this.asked = asked;
        this.unknown = unknown;
        this.began = recorder.clock().instant();
    }

    /// @param file in which it is written, and `line` where it begins there
    /// @param feature what it is a part of
    /// @param tags what it needs: `@needs:3-nodes`, `@dual-stack`
    public record Title(String file, int line, String feature, String name, List<String> tags) {}

    /// @param asked of the baseline, besides every flow
    /// @param unknown what to tell of a sentence that no step says
    /// @throws InputException if a tag cannot be used
    public static SpokenScenario begin(Recorder recorder, Title title, BaselineNeeds asked, UnaryOperator<String> unknown) {
        var id = recorder.id(title.file(), title.line());
        var scenario = new SpokenScenario(recorder, CurrentStep.spoken(id, asked), asked, unknown);
        recorder.tell(new Entry.ScenarioStarted(scenario.began, id, title.file(), title.feature(), null, title.name(), title.line(),
            title.tags()));
        scenario.current.during(() -> scenario.context.readNeeds(title.tags()));
        return scenario;
    }

    public String id() {
        return current.id();
    }

    /// Say a step, which is done or judged before this returns.
    ///
    /// @param keyword of Gherkin: `Given`, `When`, `Then`
    /// @param lines where it is said
    /// @param below the rows of its table, or its text
    /// @throws RuntimeException or AssertionError as the step does; the scenario has failed by that
    public void say(String keyword, String text, StepLines lines, @Nullable Object below) {
        if (ending != null) throw new IllegalStateException("the scenario is over; nothing more can be said in it: " + text);
        current.during(() -> {
            CurrentStep.at(lines);
            var start = recorder.clock().instant();
            var problem = problem(() -> call(text, below));
            var came = Ending.ofThrown(problem);
            recorder.ended(id(), came, null);
            var end = recorder.clock().instant();
            recorder.tell(new Entry.StepFinished(end, id(), lines.line(), 1, keyword, text, argument(below), came.status(),
                Duration.between(start, end), Ending.problem(came, problem)));
            if (problem != null) told = problem;
            rethrow(problem);
        });
    }

    private void call(String text, @Nullable Object below) {
        if (Session.current().enough().getAsBoolean())
            throw new TestAbortedException("the run has seen enough");
        var match = GLUE.match(text).orElseThrow(() -> new InputException(unknown.apply(text)));
        requireBelow(match, text, below);
        requireAsked(match, text, below);
        claimed |= match.definition().isVerdict();
        var arguments = new ArrayList<Object>();
        for (var argument : match.arguments()) arguments.add(GlueSteps.value(argument));
        switch (below) {
            case null -> {}
            case List<?> rows -> arguments.add(DataTable.create(cells(rows)));
            default -> arguments.add(below);
        }
        var target = glue.stream().filter(match.definition().glue()::isInstance).findFirst().orElseThrow();
        GlueSteps.call(target, match.definition().method(), arguments.toArray());
    }

    private static List<List<String>> cells(List<?> rows) {
        return rows.stream().map(row -> ((List<?>) row).stream().map(String::valueOf).toList()).toList();
    }

    private static void requireBelow(Match match, String text, @Nullable Object below) {
        var wanted = match.definition().below();
        var there = below == null ? Below.NOTHING : below instanceof List ? Below.TABLE : Below.TEXT;
        if (wanted != there)
            throw new InputException("below this step stands %s, and %s was given: %s".formatted(words(wanted), words(there), text));
    }

    private static String words(Below below) {
        return switch (below) {
            case NOTHING -> "nothing";
            case TABLE -> "a table";
            case TEXT -> "a text";
        };
    }

    /// What is compared with the time before the first policy must have been asked then.
    private void requireAsked(Match match, String text, @Nullable Object below) {
        var said = BaselineQuestion.Said.of(match, below instanceof List<?> rows ? cells(rows) : List.of());
        for (var question : Vocabulary.asksBaseline(GlueSteps.pattern(match.definition().method()))) {
            var needs = question.in(said);
            var names = needs.names().stream().filter(n -> !asked.names().contains(n)).map(SpokenScenario::words).toList();
            if (!names.isEmpty()) throw unasked(text, "resolves = \"%s\"".formatted(names.getFirst()));
            if (needs.pings() && !asked.pings()) throw unasked(text, "pings = true");
            if (needs.opened() && !asked.opened()) throw unasked(text, "opened = true");
        }
    }

    private static String words(BaselineNeeds.Name name) {
        return name.name() + (name.transport() == Transport.EITHER ? "" : " over " + name.transport());
    }

    private static InputException unasked(String text, String option) {
        return new InputException("""
            this is compared with the time before the first policy, which has to be known by then: %s
              say it beforehand: @LockdownTest(%s)""".formatted(text, option));
    }

    private static @Nullable String argument(@Nullable Object below) {
        return switch (below) {
            case null -> null;
            case List<?> rows -> cells(rows).stream().map(r -> r.stream().collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.joining("\n"));
            default -> below.toString();
        };
    }

    /// Whether a step has told this already, as the report has it.
    public boolean hasTold(Throwable failure) {
        return failure == told;
    }

    /// End it, and say how it ended.
    ///
    /// @param failure what ended it, if anything did; the report has it, too
    public Ending end(@Nullable Throwable failure) {
        if (ending != null) return ending;
        if (failure != null && failure != told) ended(failure);
        current.during(() -> {
            var last = problem(() -> context.close(failure != null || told != null));
            if (last != null && last != told) ended(last);
        });
        if (failure == null && told == null && !claimed)
            recorder.ended(id(), Ending.INCONCLUSIVE, "this scenario has no verdict step; nothing was judged");
        Session.left(id());
        ending = recorder.over(id(), Duration.between(began, recorder.clock().instant()), current.evidence());
        return ending;
    }

    /// By what a test framework knows that a scenario was skipped, with the reason.
    public static RuntimeException skipped(SpokenScenario scenario) {
        return new TestAbortedException(String.valueOf(scenario.lastly == null ? "" : scenario.lastly.getMessage()));
    }

    private void ended(Throwable failure) {
        lastly = failure;
        var came = Ending.ofThrown(failure);
        recorder.ended(id(), came, Ending.problem(came, failure));
    }

    private static @Nullable Throwable problem(Runnable action) {
        try {
            action.run();
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    private static void rethrow(@Nullable Throwable problem) {
        if (problem instanceof AssertionError error) throw error;
        if (problem instanceof RuntimeException exception) throw exception;
    }
}

package dev.lockdown.spec;

import dev.lockdown.journal.Entry;
import dev.lockdown.spec.selection.FeatureOutline;
import dev.lockdown.spec.selection.FeaturePaths;
import dev.lockdown.spec.words.StepTable;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.DataTableArgument;
import io.cucumber.plugin.event.DocStringArgument;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.HookTestStep;
import io.cucumber.plugin.event.Node;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Step;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestSourceParsed;
import io.cucumber.plugin.event.TestSourceRead;
import io.cucumber.plugin.event.TestStepFinished;
import io.cucumber.plugin.event.TestStepStarted;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns Cucumber's events into journal entries, and tells the steps where they are.
///
/// Cucumber sends a scenario's events on the thread that runs its steps.
public final class Recorder implements ConcurrentEventListener {
    private final Consumer<Entry> journal;
    private final InstantSource clock;
    private final Map<URI, Collection<Node>> parsed = new ConcurrentHashMap<>();
    private final Map<URI, List<String>> sources = new ConcurrentHashMap<>();
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final Map<String, Ending> worst = new ConcurrentHashMap<>();
    private final Map<String, String> hookProblems = new ConcurrentHashMap<>();

    public Recorder(Consumer<Entry> journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestSourceRead.class, e -> sources.put(e.getUri(), e.getSource().lines().toList()));
        publisher.registerHandlerFor(TestSourceParsed.class, e -> parsed.put(e.getUri(), e.getNodes()));
        publisher.registerHandlerFor(TestCaseStarted.class, e -> started(e.getTestCase()));
        publisher.registerHandlerFor(TestStepStarted.class, this::stepStarted);
        publisher.registerHandlerFor(TestStepFinished.class, this::stepFinished);
        publisher.registerHandlerFor(TestCaseFinished.class, this::finished);
    }

    /// How the scenarios ended that have finished.
    public Collection<Ending> endings() {
        return List.copyOf(worst.values());
    }

    /// What has nothing to run starts and ends at once, and proves nothing.
    void tell(FeatureOutline.Unplayable part) {
        var id = id(part.feature(), part.line());
        worst.put(id, Ending.INCONCLUSIVE);
        var now = clock.instant();
        journal.accept(new Entry.ScenarioStarted(now, id, part.feature(), part.featureName(), null, part.name(), part.line(), part.tags()));
        journal.accept(new Entry.ScenarioFinished(now, id, Ending.INCONCLUSIVE.status(), Duration.ZERO, part.problem()));
    }

    /// The id of a scenario that begins now.
    String id(String feature, int line) {
        int run = runs.merge(feature + ":" + line, 1, Integer::sum);
        return "%s%s:%s".formatted(feature, run == 1 ? "" : "#" + run, Integer.toString(line));
    }

    /// A step of a scenario ended so, or the whole of it outside its steps.
    void ended(String id, Ending ending, @Nullable String problem) {
        worst.merge(id, ending, Ending::worse);
        if (problem != null) hookProblems.putIfAbsent(id, problem);
    }

    /// Tell the end of a scenario that nobody else tells; how it ended.
    Ending over(String id, Duration took, @Nullable String evidence) {
        var ending = worst.computeIfAbsent(id, _ -> Ending.PASSED);
        journal.accept(new Entry.ScenarioFinished(clock.instant(), id, ending.status(), took, hookProblems.get(id), evidence));
        return ending;
    }

    void tell(Entry entry) {
        journal.accept(entry);
    }

    InstantSource clock() {
        return clock;
    }

    private void started(TestCase testCase) {
        var feature = FeaturePaths.of(testCase.getUri());
        var id = id(feature, testCase.getLocation().getLine());
        CurrentStep.enter(id, testCase, sources.getOrDefault(testCase.getUri(), List.of()));
        var path = path(testCase);
        journal.accept(
            new Entry.ScenarioStarted(clock.instant(), id, feature, Objects.requireNonNullElse(name(path, Node.Feature.class), feature),
                name(path, Node.Rule.class), testCase.getName(), testCase.getLocation().getLine(), testCase.getTags()));
    }

    private List<Node> path(TestCase testCase) {
        for (var node : parsed.getOrDefault(testCase.getUri(), List.of())) {
            var found = node.findPathTo(n -> n.getLocation().equals(testCase.getLocation()));
            if (found.isPresent()) return found.get();
        }
        return List.of();
    }

    private static @Nullable String name(List<Node> path, Class<? extends Node> type) {
        return path.stream().filter(type::isInstance).findFirst().flatMap(Node::getName).orElse(null);
    }

    private void stepStarted(TestStepStarted event) {
        if (event.getTestStep() instanceof PickleStepTestStep step) CurrentStep.at(step);
    }

    /// Verdict steps that wait for others of their block are told when they are judged, in their order.
    private void stepFinished(TestStepFinished event) {
        var waiting = CurrentStep.current().finished();
        waiting.add(event);
        if (CurrentStep.current().block().isJudged()) tellSteps(waiting);
    }

    private void tellSteps(List<TestStepFinished> waiting) {
        for (var event : waiting) {
            switch (event.getTestStep()) {
                case PickleStepTestStep step -> tell(event, step);
                case HookTestStep _ -> tellHook(event);
                default -> throw new IllegalStateException("Cucumber knows steps and hooks: " + event.getTestStep());
            }
        }
        waiting.clear();
    }

    private void tell(TestStepFinished event, PickleStepTestStep step) {
        var current = CurrentStep.current();
        int line = step.getStep().getLine();
        boolean own = current.block().has(line);
        var error = own ? current.block().problem(line) : event.getResult().getError();
        var ending = own ? Ending.ofThrown(error) : Ending.of(event.getResult().getStatus(), error);
        worst.merge(current.id(), ending, Ending::worse);
        journal.accept(new Entry.StepFinished(clock.instant(), current.id(), line, step.getStep().getLocation().getColumn(),
            step.getStep().getKeyword().strip(), step.getStep().getText(), argument(step.getStep()), ending.status(),
            event.getResult().getDuration(), Ending.problem(ending, error)));
    }

    private void tellHook(TestStepFinished event) {
        var error = event.getResult().getError();
        var id = CurrentStep.current().id();
        var ending = Ending.of(event.getResult().getStatus(), error);
        if (CurrentStep.current().block().isTold(error)) return;
        worst.merge(id, ending, Ending::worse);
        var problem = Ending.problem(ending, error);
        if (problem != null) hookProblems.putIfAbsent(id, problem);
    }

    private static @Nullable String argument(Step step) {
        return switch (step.getArgument()) {
            case DataTableArgument table -> table.cells().stream().map(Recorder::row).collect(Collectors.joining("\n"));
            case DocStringArgument text -> text.getContent();
            case null, default -> null;
        };
    }

    private static String row(List<String> cells) {
        return cells.stream().map(StepTable::text).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private void finished(TestCaseFinished event) {
        var current = CurrentStep.current();
        tellSteps(current.finished());
        var id = current.id();
        if (!current.hasVerdict() && worst.getOrDefault(id, Ending.PASSED) == Ending.PASSED) judgedNothing(id, current.all().isEmpty());
        var ending = worst.getOrDefault(id, Ending.PASSED);
        journal.accept(
            new Entry.ScenarioFinished(clock.instant(), id, ending.status(), event.getResult().getDuration(), hookProblems.get(id),
                current.evidence()));
        CurrentStep.leave();
        Session.left(id);
    }

    private void judgedNothing(String id, boolean empty) {
        worst.put(id, Ending.INCONCLUSIVE);
        hookProblems.put(id, "this scenario has no %s; nothing was judged".formatted(empty ? "step" : "verdict step"));
    }
}

package dev.lockdown.check;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.lint.Lint;
import dev.lockdown.spec.StepLines;
import dev.lockdown.state.Counted;
import dev.lockdown.trial.DryTrial;
import dev.lockdown.trial.ScenarioTrial;
import io.cucumber.messages.types.DataTable;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.RuleChild;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.TableRow;
import io.cucumber.messages.types.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A feature as Gherkin reads it, with the place of everything in it.
public final class FeatureTree {
    private final FeatureLines lines;
    private final Set<Integer> wrongLines;
    private final List<Pickle> pickles;
    private final Optional<Feature> feature;
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<String, Scenario> scenarios = new HashMap<>();
    private final Map<String, TableRow> examples = new HashMap<>();
    private final Map<String, List<String>> headers = new HashMap<>();
    private final List<Scenario> inOrder = new ArrayList<>();
    private final List<Tag> tags = new ArrayList<>();

    /// @param wrongLines what stands there has been told, and was left out or mended
    FeatureTree(FeatureLines lines, GherkinDocument document, List<Pickle> pickles, Set<Integer> wrongLines) {
        this.lines = lines;
        this.wrongLines = Set.copyOf(wrongLines);
        this.pickles = List.copyOf(pickles);
        this.feature = document.getFeature();
        feature.ifPresent(this::index);
    }

    private void index(Feature all) {
        tags.addAll(all.getTags());
        for (FeatureChild child : all.getChildren()) {
            child.getBackground().ifPresent(b -> b.getSteps().forEach(s -> steps.put(s.getId(), s)));
            child.getScenario().ifPresent(this::index);
            child.getRule().ifPresent(rule -> {
                tags.addAll(rule.getTags());
                for (RuleChild inner : rule.getChildren()) {
                    inner.getBackground().ifPresent(b -> b.getSteps().forEach(s -> steps.put(s.getId(), s)));
                    inner.getScenario().ifPresent(this::index);
                }
            });
        }
    }

    private void index(Scenario scenario) {
        inOrder.add(scenario);
        scenarios.put(scenario.getId(), scenario);
        tags.addAll(scenario.getTags());
        scenario.getSteps().forEach(s -> steps.put(s.getId(), s));
        for (Examples table : scenario.getExamples()) {
            tags.addAll(table.getTags());
            var header = table.getTableHeader().map(FeatureTree::texts).orElse(List.of());
            for (var row : table.getTableBody()) {
                examples.put(row.getId(), row);
                headers.put(row.getId(), header);
            }
        }
    }

    private static List<String> texts(TableRow row) {
        return row.getCells().stream().map(c -> c.getValue()).toList();
    }

    FeatureLines lines() {
        return lines;
    }

    Optional<Feature> feature() {
        return feature;
    }

    List<Pickle> pickles() {
        return pickles;
    }

    List<Scenario> scenarios() {
        return inOrder;
    }

    /// All tags of the file, each where it stands.
    List<Tag> tags() {
        return tags;
    }

    List<String> tags(Pickle pickle) {
        return pickle.getTags().stream().map(PickleTag::getName).toList();
    }

    boolean isWrong(int line) {
        return wrongLines.contains(line);
    }

    Step step(PickleStep step) {
        return Objects.requireNonNull(steps.get(step.getAstNodeIds().getFirst()));
    }

    Scenario scenario(Pickle pickle) {
        return Objects.requireNonNull(scenarios.get(pickle.getAstNodeIds().getFirst()));
    }

    /// The line by which a scenario is known: its own, or that of its row of examples.
    int line(Pickle pickle) {
        var row = examples.get(pickle.getAstNodeIds().getLast());
        return line(row == null ? scenario(pickle).getLocation() : row.getLocation());
    }

    /// The values of an outline's scenario, none for another.
    Map<String, String> example(Pickle pickle) {
        var id = pickle.getAstNodeIds().getLast();
        var row = examples.get(id);
        if (row == null) return Map.of();
        var values = new LinkedHashMap<String, String>();
        var header = headers.getOrDefault(id, List.of());
        var cells = texts(row);
        for (int i = 0; i < Math.min(header.size(), cells.size()); i++) values.put(header.get(i), cells.get(i));
        return values;
    }

    static int line(Location location) {
        return Math.toIntExact(location.getLine());
    }

    StepLines stepLines(Step step) {
        int line = line(step.getLocation());
        var rows = step.getDataTable().map(DataTable::getRows).orElse(List.of()).stream().map(r -> line(r.getLocation())).toList();
        if (!rows.isEmpty()) return new StepLines(line, rows.getFirst(), rows, 0);
        return step.getDocString().map(t -> new StepLines(line, line(t.getLocation()), List.of(),
            t.getLocation().getColumn().map(Math::toIntExact).orElse(1) - 1)).orElse(new StepLines(line, line, List.of(), 0));
    }

    /// The lines of a step's table or text.
    List<Integer> below(Step step) {
        var table = step.getDataTable();
        if (table.isPresent()) return table.get().getRows().stream().map(r -> line(r.getLocation())).toList();
        return step.getDocString().map(t -> {
            int first = line(t.getLocation());
            int content = Math.toIntExact(t.getContent().lines().count());
            return IntStream.rangeClosed(first, first + content).boxed().toList();
        }).orElse(List.of());
    }

    /// What a scenario says that judges nothing.
    List<Mistake> provesNothing(Pickle pickle) {
        var scenario = scenario(pickle);
        int line = line(scenario.getLocation());
        var problem =
            pickle.getSteps().isEmpty() ? "this scenario has no steps" : "this scenario has no step of Verdict; nothing would be judged";
        return List.of(lines.mistake(Mistake.Grade.PROVES_NOTHING, line, lines.whole(line), problem,
            List.of("say what must be seen, such as: Then every flow is as the policies say")));
    }

    /// A policy that is there by the end and selects no pod.
    Mistake policyThatSelectsNothing(Pickle pickle, NamespacedName policy, ScenarioTrial trial) {
        var problem = Lint.selectsNothingBecause(Objects.requireNonNull(trial.state().policies().get(policy)), trial.state());
        var at = trial instanceof DryTrial dry ? dry.written(policy) : null;
        if (at != null && at.file().equals(lines.file())) return lines.wrong(at.line(), lines.whole(at.line()), problem, List.of());
        int line = line(pickle);
        return lines.wrong(line, lines.whole(line), problem, at == null ? List.of() : List.of("it is written at " + at));
    }

    /// Further ones of the same scenario, which are not told one by one.
    Mistake morePoliciesThatSelectNothing(Pickle pickle, int more) {
        int line = line(pickle);
        return lines.wrong(line, lines.whole(line),
            "%s of this scenario %s no pod".formatted(Counted.of(more, "more policy"), more == 1 ? "selects" : "select"),
            List.of());
    }
}

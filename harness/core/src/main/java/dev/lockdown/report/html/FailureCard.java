package dev.lockdown.report.html;

import dev.lockdown.report.Failure;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.RuleWording;
import dev.lockdown.verdict.Wanted;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What went wrong in a scenario: its failures, with the differing cells only.
///
/// @param bundle the folder of what the cluster told, or empty
/// @param anchor of the scenario's own card
record FailureCard(String anchor, Mark mark, String name, List<Item> items, String bundle) {
    private static final int SHOWN = 50;

    /// @param place of the step, such as `features/dns.feature:26`, or of the scenario where it was none of the steps
    /// @param details the rest of a problem's text, as it is
    /// @param spot where the timeline shows why, as a link has it; or empty
    record Item(String keyword, String step, String place, String headline, String details, List<Group> groups, String spot,
            List<Programmed> rules) {}

    /// What a node had programmed about the flows of the step.
    ///
    /// @param facts where that is not as expected
    /// @param text the whole
    record Programmed(String node, List<String> facts, String text) {}

    /// Cells that differ in the same way.
    ///
    /// @param against whether the policies, whose reasons `because` holds, demand the opposite of what the step expects
    /// @param because what all of them have in common; empty where each has its own
    /// @param single the only one of them, else none
    /// @param many the first of them where there are several
    /// @param hidden how many more there are, or empty
    record Group(Mark expected, Mark observed, boolean against, List<String> because, String likely, List<Difference> single,
            List<Difference> many, String hidden) {
        public boolean hasMany() {
            return !many.isEmpty();
        }

        /// Whether each has its own reasons.
        public boolean mixed() {
            return because.isEmpty() && many.stream().anyMatch(d -> !d.because.isEmpty());
        }

        public boolean hasBecause() {
            return !because.isEmpty();
        }
    }

    /// @param line of the flow's row in the feature, or empty where it has none but the step's
    record Difference(String flow, String line, List<String> because, String how, List<String> evidence) {
        public boolean hasEvidence() {
            return !evidence.isEmpty();
        }
    }

    /// What makes cells one group.
    private record Key(Wanted wanted, String observed, boolean against, String likely) {}

    static List<FailureCard> of(ScenarioRun scenario) {
        var items = scenario.failures().stream().map(f -> item(scenario, f)).toList();
        if (items.isEmpty()) return List.of();
        return List.of(
            new FailureCard(ScenarioCard.anchor(scenario), Mark.of(scenario.status()), scenario.started().name(), items,
                Objects.requireNonNullElse(scenario.evidence(), "")));
    }

    private static Item item(ScenarioRun scenario, Failure failure) {
        return switch (failure) {
            case Failure.Differs f ->
                new Item(keyword(f.step()), text(f.step()), place(scenario, f.step()), f.headline(), "", groups(f), "",
                    rules(f.cells()));
            case Failure.Problem f -> new Item(keyword(f.step()), text(f.step()), place(scenario, f.step()), f.headline(),
                String.join("\n", f.details()), List.of(), spot(scenario, f.step()), List.of());
        };
    }

    private static List<Programmed> rules(List<Cell> cells) {
        return RuleWording.nodes(cells).stream().map(node -> {
            var own = cells.stream().flatMap(c -> c.rules().stream()).filter(r -> r.node().equals(node)).toList();
            var facts = own.stream().flatMap(r -> r.facts().stream()).map(RuleWording::of).distinct().toList();
            var unread = own.getFirst().unread();
            var whole = new ArrayList<>(RuleWording.whole(cells, node));
            if (!unread.isEmpty()) whole.add("");
            whole.addAll(unread);
            return new Programmed(RuleWording.place(own.getFirst()), facts, String.join("\n", whole));
        }).toList();
    }

    private static String spot(ScenarioRun scenario, @Nullable StepRun step) {
        var spot = step == null ? null : TimelineSpot.of(scenario, step);
        return spot == null ? "" : spot.hash();
    }

    private static String keyword(@Nullable StepRun step) {
        return step == null ? "" : step.finished().keyword().strip();
    }

    private static String text(@Nullable StepRun step) {
        return step == null ? "" : step.finished().text();
    }

    private static String place(ScenarioRun scenario, @Nullable StepRun step) {
        return step == null ? scenario.place() : scenario.started().feature() + ":" + step.finished().line();
    }

    private static List<Group> groups(Failure.Differs failure) {
        var groups = new LinkedHashMap<Key, List<Cell>>();
        for (var cell : failure.cells()) {
            var key = new Key(cell.question().wanted(), Wording.of(cell.verdict()), cell.isAgainstPolicies(), Wording.likely(cell));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(cell);
        }
        return groups.entrySet().stream().map(g -> group(failure.step(), g.getKey(), g.getValue())).toList();
    }

    private static Group group(StepRun step, Key key, List<Cell> cells) {
        var reasons = cells.stream().map(Wording::because).distinct().limit(2).toList();
        var differences = cells.stream().limit(SHOWN).map(c -> difference(step, c)).toList();
        boolean single = differences.size() == 1;
        int hidden = cells.size() - SHOWN;
        return new Group(Mark.of(key.wanted()), Mark.of(cells.getFirst().verdict()), key.against(),
            reasons.size() == 1 ? reasons.getFirst() : List.of(), key.likely(), single ? differences : List.of(),
            single ? List.of() : differences, hidden > 0 ? Integer.toString(hidden) : "");
    }

    private static Difference difference(StepRun step, Cell cell) {
        int line = cell.question().line();
        return new Difference(Wording.flow(cell), line == step.finished().line() || line == 0 ? "" : Integer.toString(line),
            Wording.because(cell), Wording.how(cell), Wording.evidence(cell));
    }
}

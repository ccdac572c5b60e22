package dev.lockdown.report.html;

import dev.lockdown.report.Failure;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Wanted;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong in a scenario: its faults, with the differing cells only.
///
/// @param anchor of the scenario's own card
record FaultCard(String anchor, Mark mark, String name, String place, List<Item> items) {
    private static final int SHOWN = 30;

    /// @param details the rest of a problem's text, as it is
    record Item(String keyword, String step, String headline, String details, List<Group> groups) {}

    /// Cells that differ in the same way for the same reason.
    ///
    /// @param against whether the policies, whose reasons `because` holds, demand the opposite of what the step expects
    /// @param single the only one of them, else none
    /// @param many the first of them where there are several
    /// @param hidden how many more there are, or empty
    record Group(Mark expected, Mark observed, List<String> because, String likely, List<Difference> single, List<Difference> many,
            boolean against,
            String hidden) {
        public boolean hasMany() {
            return !many.isEmpty();
        }
    }

    record Difference(String flow, String how, List<String> evidence) {
        public boolean hasEvidence() {
            return !evidence.isEmpty();
        }
    }

    /// What makes cells one group.
    private record Key(Wanted wanted, String observed, List<String> because, String likely) {}

    static List<FaultCard> of(ScenarioRun scenario) {
        var items = scenario.failures().stream().map(FaultCard::item).toList();
        if (items.isEmpty()) return List.of();
        return List.of(
            new FaultCard(ScenarioCard.anchor(scenario), Mark.of(scenario.status()), scenario.started().name(), scenario.place(), items));
    }

    private static Item item(Failure fault) {
        return switch (fault) {
            case Failure.Differs f -> new Item(keyword(f.step()), text(f.step()), f.headline(), "", groups(f));
            case Failure.Problem f -> new Item(keyword(f.step()), text(f.step()), f.headline(), String.join("\n", f.details()), List.of());
        };
    }

    private static String keyword(@Nullable StepRun step) {
        return step == null ? "" : step.finished().keyword().strip();
    }

    private static String text(@Nullable StepRun step) {
        return step == null ? "" : step.finished().text();
    }

    private static List<Group> groups(Failure.Differs fault) {
        var groups = new LinkedHashMap<Key, List<Cell>>();
        for (var cell : fault.cells()) {
            var key = new Key(cell.question().wanted(), Wording.of(cell.verdict()), Wording.because(cell), Wording.likely(cell));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(cell);
        }
        return groups.entrySet().stream().map(g -> group(g.getKey(), g.getValue())).toList();
    }

    private static Group group(Key key, List<Cell> cells) {
        var differences = cells.stream().map(c -> new Difference(Wording.flow(c), Wording.how(c), Wording.evidence(c))).toList();
        boolean single = differences.size() == 1;
        int hidden = differences.size() - SHOWN;
        return new Group(Mark.of(key.wanted()), Mark.of(cells.getFirst().verdict()), key.because(), key.likely(),
            single ? differences : List.of(), single ? List.of() : differences.stream().limit(SHOWN).toList(),
            cells.getFirst().isAgainstPolicies(),
            hidden > 0 ? Integer.toString(hidden) : "");
    }
}

package dev.lockdown.nightly.page;

import dev.lockdown.comparison.Change;
import dev.lockdown.comparison.ChangeWording;
import dev.lockdown.comparison.Comparison;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.SharedChange;
import dev.lockdown.verdict.Figures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is otherwise than in the run before, the same in several cells told once.
///
/// @param sentence of all of it
/// @param kinds of changes, empty where nothing changed
/// @param scenarios that are new or gone, in words
record ChangesSection(String sentence, List<Kind> kinds, List<String> scenarios) {
    private static final int NAMES = 10;
    /// Of one kind. `nightly.json` has all.
    private static final int MOST = 100;

    /// @param beyond how many more stand in `nightly.json` alone, or empty
    record Kind(String heading, Cut<Row> rows, String beyond) {}

    /// @param note the scenario, or of a scenario its problem; may be empty
    /// @param tone of what it is now
    record Row(String place, String note, String what, String was, String is, String tone, List<Where> cells) {}

    /// @param link to the evidence, or empty
    record Where(String cell, String link) {}

    static ChangesSection of(List<Findings.OfCell> cells, Map<String, CellLinks> links) {
        var compared = cells.stream().map(Findings.OfCell::sinceLast).filter(Objects::nonNull).toList();
        var scenarios = cells.stream().collect(Collectors.toMap(c -> c.cell().name(), ChangesSection::byKey));
        Evidence evidence = (change, cell) -> link(change, links.get(cell), scenarios.getOrDefault(cell, Map.of()));
        var kinds = SharedChange.KINDS.stream().flatMap(kind -> kind(kind, SharedChange.of(kind, cells), evidence).stream()).toList();
        return new ChangesSection(sentence(compared), kinds, Stream.of(scenarios("new", compared, true), scenarios("gone", compared, false))
            .filter(s -> !s.isEmpty()).toList());
    }

    /// Where a change is seen in a cell's report; empty where there is none.
    private interface Evidence {
        String link(Change change, String cell);
    }

    public boolean hasKinds() {
        return !kinds.isEmpty();
    }

    private static Map<ScenarioDigest.Key, ScenarioDigest> byKey(Findings.OfCell cell) {
        var byKey = new HashMap<ScenarioDigest.Key, ScenarioDigest>();
        if (cell.digest() != null) cell.digest().scenarios().forEach(s -> byKey.put(s.key(), s));
        return byKey;
    }

    private static String link(Change change, @Nullable CellLinks links, Map<ScenarioDigest.Key, ScenarioDigest> scenarios) {
        if (links == null) return "";
        var key = key(change);
        var scenario = key == null ? null : scenarios.get(key);
        return scenario == null ? links.report() : links.of(scenario);
    }

    private static ScenarioDigest.@Nullable Key key(Change change) {
        return switch (change) {
            case Change.OfScenario c -> c.scenario();
            case Change.OfFlow c -> c.scenario();
            case Change.OfManner c -> c.scenario();
            case Change.OfFate c -> c.scenario();
            case Change.OfTrait _ -> null;
            case Change.OfTime c -> c.scenario();
        };
    }

    private static List<Kind> kind(Class<? extends Change> kind, List<SharedChange> changes, Evidence evidence) {
        if (changes.isEmpty()) return List.of();
        int beyond = changes.size() - MOST;
        return List.of(new Kind(ChangeWording.heading(kind, changes.size()),
            Cut.of(changes.stream().limit(MOST).map(c -> row(c, evidence)).toList()), beyond > 0 ? Integer.toString(beyond) : ""));
    }

    private static Row row(SharedChange shared, Evidence evidence) {
        var change = shared.change();
        return new Row(ChangeWording.place(change), note(change), ChangeWording.subject(change), ChangeWording.was(change),
            ChangeWording.is(change), tone(change), shared.cells().stream().map(c -> new Where(c, evidence.link(change, c))).toList());
    }

    private static String note(Change change) {
        if (change instanceof Change.OfScenario(_, _, _, _, var problem)) return problem == null ? "" : problem;
        var key = key(change);
        return key == null ? "" : key.name();
    }

    private static String tone(Change change) {
        return switch (change) {
            case Change.OfScenario c -> Mark.of(c.after()).tone();
            case Change.OfFlow c -> c.after().agrees() ? "good" : "bad";
            case Change.OfManner _, Change.OfFate _, Change.OfTrait _, Change.OfTime _ -> "quiet";
        };
    }

    private static String sentence(List<Comparison> compared) {
        if (compared.isEmpty()) return "No cell was run before, so there is nothing to compare this night with.";
        long otherwise = compared.stream().filter(c -> !c.changes().isEmpty()).count();
        return otherwise == 0 ? "Nothing is otherwise than in the run before, in %s.".formatted(cells(compared.size()))
            : "Something is otherwise than in the run before in %s of %s.".formatted(Long.toString(otherwise), cells(compared.size()));
    }

    private static String cells(int count) {
        return Figures.count(count, "cell");
    }

    private static String scenarios(String how, List<Comparison> compared, boolean after) {
        var all = compared.stream().flatMap(c -> (after ? c.onlyAfter() : c.onlyBefore()).stream()).distinct().sorted().toList();
        if (all.isEmpty()) return "";
        var names = all.stream().limit(NAMES).map(k -> "%s (%s)".formatted(k.name(), k.feature())).toList();
        return "%s %s %s: %s%s".formatted(Figures.count(all.size(), "scenario"), all.size() == 1 ? "is" : "are", how,
            String.join(", ", names),
            all.size() > NAMES ? " … and %s more, in nightly.json".formatted(Integer.toString(all.size() - NAMES)) : "");
    }
}

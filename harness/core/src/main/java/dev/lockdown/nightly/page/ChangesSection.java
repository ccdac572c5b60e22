package dev.lockdown.nightly.page;

import dev.lockdown.comparison.Change;
import dev.lockdown.comparison.ChangeWording;
import dev.lockdown.comparison.Comparison;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.nightly.Findings;
import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final List<Class<? extends Change>> KINDS = List.of(Change.OfScenario.class, Change.OfFlow.class, Change.OfFate.class,
        Change.OfTrait.class, Change.OfManner.class, Change.OfTime.class);

    private static final List<String> WORST_FIRST = List.of("bad", "doubt", "quiet", "good");

    /// @param beyond how many more stand in `nightly.json` alone, or empty
    record Kind(String heading, Cut<Row> rows, String beyond) {}

    /// @param note the scenario, or of a scenario its problem; may be empty
    /// @param tone of what it is now
    record Row(String place, String note, String what, String was, String is, String tone, List<Where> cells) {}

    /// @param link to the evidence, or empty
    record Where(String cell, String link) {}

    private record Same(Class<? extends Change> kind, String place, String what, String was, String is) {}

    private record Group(Change change, List<Where> cells) {}

    static ChangesSection of(List<Findings.OfCell> cells, Map<String, CellLinks> links) {
        var compared = cells.stream().map(Findings.OfCell::sinceLast).filter(Objects::nonNull).toList();
        var groups = groups(cells, links);
        var kinds = KINDS.stream().flatMap(kind -> kind(kind, groups).stream()).toList();
        return new ChangesSection(sentence(compared), kinds, Stream.of(scenarios("new", compared, true), scenarios("gone", compared, false))
            .filter(s -> !s.isEmpty()).toList());
    }

    public boolean hasKinds() {
        return !kinds.isEmpty();
    }

    private static Map<Same, Group> groups(List<Findings.OfCell> cells, Map<String, CellLinks> links) {
        var groups = new LinkedHashMap<Same, Group>();
        for (var cell : cells) {
            var since = cell.sinceLast();
            if (since == null) continue;
            var scenarios = byKey(cell);
            for (var change : since.changes()) {
                var same = new Same(change.getClass(), ChangeWording.place(change), ChangeWording.subject(change),
                    ChangeWording.was(change), ChangeWording.is(change));
                groups.computeIfAbsent(same, _ -> new Group(change, new ArrayList<>())).cells
                    .add(where(cell.cell().name(), scenarios.get(key(change)), links));
            }
        }
        return groups;
    }

    private static Map<ScenarioDigest.@Nullable Key, ScenarioDigest> byKey(Findings.OfCell cell) {
        var byKey = new LinkedHashMap<ScenarioDigest.@Nullable Key, ScenarioDigest>();
        if (cell.digest() != null) cell.digest().scenarios().forEach(s -> byKey.put(s.key(), s));
        return byKey;
    }

    private static Where where(String cell, @Nullable ScenarioDigest scenario, Map<String, CellLinks> links) {
        var of = links.get(cell);
        return new Where(cell, of == null ? "" : scenario == null ? of.report() : of.of(scenario));
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

    private static List<Kind> kind(Class<? extends Change> kind, Map<Same, Group> groups) {
        var rows = groups.entrySet().stream().filter(g -> g.getKey().kind == kind).map(g -> row(g.getKey(), g.getValue()))
            .sorted(Comparator.comparing(r -> WORST_FIRST.indexOf(r.tone))).toList();
        if (rows.isEmpty()) return List.of();
        int beyond = rows.size() - MOST;
        return List.of(new Kind(ChangeWording.heading(kind, rows.size()), Cut.of(rows.subList(0, Math.min(MOST, rows.size()))),
            beyond > 0 ? Integer.toString(beyond) : ""));
    }

    private static Row row(Same same, Group group) {
        return new Row(same.place, note(group.change), same.what, same.was, same.is, tone(group.change), group.cells);
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

package dev.lockdown.nightly;

import dev.lockdown.comparison.Change;
import dev.lockdown.comparison.ChangeWording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Something that is otherwise than in the run before, the same in several cells.
///
/// @param change of the first of them
/// @param cells their names, in the order of the matrix
public record SharedChange(Change change, List<String> cells) {
    /// In the order in which they are told.
    public static final List<Class<? extends Change>> KINDS = List.of(Change.OfScenario.class, Change.OfFlow.class, Change.OfFate.class,
        Change.OfTrait.class, Change.OfManner.class, Change.OfTime.class);

    public SharedChange {
        cells = List.copyOf(cells);
    }

    private record Same(Class<? extends Change> kind, String place, String subject, String was, String is) {}

    /// Those of a kind, worse ones first.
    public static List<SharedChange> of(Class<? extends Change> kind, List<Findings.OfCell> cells) {
        var first = new LinkedHashMap<Same, Change>();
        var names = new LinkedHashMap<Same, List<String>>();
        for (var cell : cells) {
            var since = cell.sinceLast();
            if (since == null) continue;
            for (var change : since.of(kind)) {
                var same = new Same(kind, ChangeWording.place(change), ChangeWording.subject(change), ChangeWording.was(change),
                    ChangeWording.is(change));
                first.putIfAbsent(same, change);
                names.computeIfAbsent(same, _ -> new ArrayList<>()).add(cell.cell().name());
            }
        }
        return first.entrySet().stream().map(e -> new SharedChange(e.getValue(), names.getOrDefault(e.getKey(), List.of())))
            .sorted((a, b) -> Boolean.compare(b.isWorse(), a.isWorse())).toList();
    }

    /// Whether it is now not as the features claim.
    public boolean isWorse() {
        return switch (change) {
            case Change.OfScenario c -> c.after().isFaulty();
            case Change.OfFlow c -> !c.after().agrees();
            case Change.OfFate _, Change.OfTrait _, Change.OfManner _, Change.OfTime _ -> false;
        };
    }
}

package dev.lockdown.report;

import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Verdict;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many flows were judged.
///
/// @param judged all of them
/// @param blocked those that were blocked, by what shows that they would have worked; unmodifiable
public record CellCounts(long judged, Map<Control.Grade, Long> blocked) {
    public static final CellCounts NONE = new CellCounts(0, Map.of());

    static CellCounts of(List<Cell> cells) {
        var blocked = new EnumMap<Control.Grade, Long>(Control.Grade.class);
        for (var cell : cells) if (cell.verdict() instanceof Verdict.Blocked(_, var grade)) blocked.merge(grade, 1L, Long::sum);
        return new CellCounts(cells.size(), blocked);
    }

    public CellCounts plus(CellCounts other) {
        var both = new EnumMap<Control.Grade, Long>(Control.Grade.class);
        both.putAll(blocked);
        other.blocked.forEach((grade, count) -> both.merge(grade, count, Long::sum));
        return new CellCounts(judged + other.judged, Collections.unmodifiableMap(both));
    }
}

package dev.lockdown.table;

import dev.lockdown.table.Shift.Kind;
import java.util.ArrayList;
import java.util.List;

/// What changed between two states, for people.
public final class ShiftText {
    private static final int REASONS_SHOWN = 4;

    private ShiftText() {}

    public static List<String> lines(List<Shift> shifts) {
        var lines = new ArrayList<String>();
        for (var kind : Kind.values()) {
            var of = shifts.stream().filter(s -> s.kind() == kind).toList();
            if (of.isEmpty() && kind != Kind.NEW) lines.add(kind + ": nothing");
            for (var shift : of) {
                lines.add("%s: %s".formatted(kind, sentence(shift)));
                shift.reasons().stream().limit(REASONS_SHOWN).forEach(r -> lines.add("    = " + r));
                if (shift.reasons().size() > REASONS_SHOWN)
                    lines.add("    = and %s more".formatted(shift.reasons().size() - REASONS_SHOWN));
            }
        }
        return lines;
    }

    static String sentence(Shift shift) {
        int flows = shift.flows().size();
        return "%s to %s on %s%s%s".formatted(shift.from(), shift.to(), slice(shift), flows > 1 ? " (%s flows)".formatted(flows) : "",
            shift.was().isEmpty() ? ", which was not there before" : ": %s before, %s now".formatted(shift.was(), shift.is()));
    }

    static Slice slice(Shift shift) {
        return new Slice(shift.flows().getFirst().port(), shift.flows().getFirst().family());
    }
}

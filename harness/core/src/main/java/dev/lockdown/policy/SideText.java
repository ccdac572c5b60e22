package dev.lockdown.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One side of a flow in lines for people.
final class SideText {
    private static final int READINGS_SHOWN = 10;

    private SideText() {}

    static List<String> lines(Side side) {
        if (side.ruling() == Settled.NOT_A_POD) return List.of();
        var lines = new ArrayList<String>();
        lines.add("%s: %s".formatted(side, isolation(side)));
        var told = Stream.concat(side.readings().stream().filter(r -> !(r instanceof Reading.Misses)), side.misses().stream()).toList();
        told.stream().limit(READINGS_SHOWN).forEach(r -> lines.add("  " + r));
        if (told.size() > READINGS_SHOWN) lines.add("  and %s more rules that do not match".formatted(told.size() - READINGS_SHOWN));
        side.almostSelecting().forEach(a -> lines.add("  " + a));
        return lines;
    }

    private static String isolation(Side side) {
        return switch (side.ruling()) {
            case Settled.OWN_ADDRESS -> "a pod always reaches its own address";
            case Settled.OWN_NODE -> "a pod's own node always reaches it; isolated by " + DecisionLine.names(side.isolating());
            case Settled.NOT_A_POD, Settled.NOT_ISOLATED -> "no policy isolates it";
            case Settled.ADMITTED, Settled.REFUSED -> "isolated by " + DecisionLine.names(side.isolating());
            case OpenQuestion question -> "isolated by %s; %s".formatted(DecisionLine.names(side.isolating()), question.sentence());
        };
    }
}

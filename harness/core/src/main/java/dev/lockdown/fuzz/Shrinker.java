package dev.lockdown.fuzz;

import dev.lockdown.state.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Makes a failing episode small: leaves out states, changes and parts of them as long as the same cell is wrong in the same way.
final class Shrinker {
    private final EpisodePlayer stage;
    private final BooleanSupplier enough;
    private int tries;

    Shrinker(EpisodePlayer stage, BooleanSupplier enough) {
        this.stage = stage;
        this.enough = enough;
    }

    int tries() {
        return tries;
    }

    /// @return the smallest that was found, or the discrepancy itself where it does not show a second time
    Discrepancy shrink(Discrepancy found) {
        if (stage.repeat(found, found.episode()) == null) return found;
        var now = found;
        for (boolean smaller = true; smaller;) {
            var before = now.episode();
            now = oneState(now);
            now = fewerChanges(now);
            now = plainerChanges(now);
            smaller = !now.episode().equals(before);
        }
        return now;
    }

    /// Two states as one, wherever the way between them does not matter.
    private Discrepancy oneState(Discrepancy found) {
        var now = found;
        for (int i = now.episode().steps().size() - 1; i > 0; i--) {
            var steps = new ArrayList<>(now.episode().steps());
            if (!Reduction.canBeOne(steps.get(i - 1), steps.get(i))) continue;
            var later = steps.remove(i);
            steps.set(i - 1, Reduction.merged(steps.get(i - 1), later));
            now = orBetter(now, now.episode().with(steps));
        }
        return now;
    }

    /// First halves, then quarters, in the end one by one.
    private Discrepancy fewerChanges(Discrepancy found) {
        var now = found;
        for (int size = Math.max(1, flat(now).size() / 2); size > 0; size /= 2) {
            for (int from = 0; from < flat(now).size();) {
                var fewer = orBetter(now, without(now.episode(), from, from + size));
                if (fewer == now) from += size;
                now = fewer;
            }
        }
        return now;
    }

    private Discrepancy plainerChanges(Discrepancy found) {
        var now = found;
        for (int at = 0; at < flat(now).size(); at++) {
            for (boolean plainer = true; plainer;) {
                int place = at;
                var episode = now.episode();
                var before = now;
                now = Reduction.of(flat(now).get(at)).map(change -> replaced(episode, place, change)).map(e -> orBetter(before, e))
                    .filter(f -> f != before).findFirst().orElse(before);
                plainer = now != before;
            }
        }
        return now;
    }

    private Discrepancy orBetter(Discrepancy now, Episode candidate) {
        var fitting = candidate.fitting();
        if (enough.getAsBoolean() || fitting.equals(now.episode())) return now;
        tries++;
        var cell = stage.repeat(now, fitting);
        return cell == null ? now : new Discrepancy(fitting, cell);
    }

    private static List<Change> flat(Discrepancy discrepancy) {
        return discrepancy.episode().steps().stream().flatMap(List::stream).toList();
    }

    private static Episode without(Episode episode, int from, int to) {
        return rewritten(episode, (at, change) -> from <= at && at < to ? Stream.of() : Stream.of(change));
    }

    private static Episode replaced(Episode episode, int place, Change other) {
        return rewritten(episode, (at, change) -> Stream.of(at == place ? other : change));
    }

    private interface Rewriting {
        Stream<Change> of(int at, Change change);
    }

    private static Episode rewritten(Episode episode, Rewriting rewriting) {
        int at = 0;
        var steps = new ArrayList<List<Change>>();
        for (var step : episode.steps()) {
            var changes = new ArrayList<Change>();
            for (var change : step) changes.addAll(rewriting.of(at++, change).toList());
            steps.add(changes);
        }
        return episode.with(steps);
    }
}

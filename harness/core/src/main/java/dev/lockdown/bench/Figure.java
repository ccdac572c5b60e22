package dev.lockdown.bench;

import java.time.Duration;
import java.util.List;

/// What was measured of one thing.
///
/// @param rounds in the order in which they were made, at least one
/// @param heap bytes in use after a collection, everything that was measured still in place; 0 where another process did it
record Figure(String what, Goal goal, List<Sample> rounds, long heap) {
    Figure {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) throw new IllegalArgumentException("nothing was measured of " + what);
    }

    Duration median() {
        return sorted().get(rounds.size() / 2);
    }

    Duration shortest() {
        return sorted().getFirst();
    }

    Duration longest() {
        return sorted().getLast();
    }

    Duration processor() {
        return rounds.stream().map(Sample::processor).sorted().toList().get(rounds.size() / 2);
    }

    boolean isOverTarget() {
        var target = goal.target();
        return target != null && median().compareTo(target) > 0;
    }

    private List<Duration> sorted() {
        return rounds.stream().map(Sample::time).sorted().toList();
    }

    static Duration ofMillis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}

package dev.lockdown.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// What was measured of one thing.
///
/// @param rounds in the order in which they were made, at least one
/// @param floor what the kernel alone took for the same, each right after the round of the same number; empty where nobody measured it
/// @param heap bytes in use after a collection, everything that was measured still in place; 0 where another process did it
record Figure(String what, Goal goal, List<Sample> rounds, List<Sample> floor, long heap) {
    Figure {
        rounds = List.copyOf(rounds);
        floor = List.copyOf(floor);
        if (rounds.isEmpty()) throw new IllegalArgumentException("nothing was measured of " + what);
        if (!floor.isEmpty() && floor.size() != rounds.size()) throw new IllegalArgumentException("rounds without a floor of " + what);
        if (goal.ratio() > 0 && floor.isEmpty()) throw new IllegalArgumentException("a goal above the floor, but no floor of " + what);
    }

    Figure(String what, Goal goal, List<Sample> rounds, long heap) {
        this(what, goal, rounds, List.of(), heap);
    }

    Duration median() {
        return median(rounds);
    }

    Duration shortest() {
        return sorted(rounds).getFirst();
    }

    Duration longest() {
        return sorted(rounds).getLast();
    }

    Duration processor() {
        return rounds.stream().map(Sample::processor).sorted().toList().get(rounds.size() / 2);
    }

    boolean hasFloor() {
        return !floor.isEmpty();
    }

    Duration floorMedian() {
        return median(floor);
    }

    /// The median of the rounds' multiples of their floors: a machine that is slow for a while is slow for both of a pair.
    double ratio() {
        var ratios = IntStream.range(0, rounds.size()).mapToDouble(i -> (double) nanos(rounds, i) / nanos(floor, i)).sorted().toArray();
        return ratios[ratios.length / 2];
    }

    boolean isOverGoal() {
        var target = goal.target();
        return target != null && median().compareTo(target) > 0 || goal.ratio() > 0 && ratio() > goal.ratio();
    }

    private static long nanos(List<Sample> samples, int index) {
        return samples.get(index).time().toNanos();
    }

    private static Duration median(List<Sample> samples) {
        return sorted(samples).get(samples.size() / 2);
    }

    private static List<Duration> sorted(List<Sample> samples) {
        return samples.stream().map(Sample::time).sorted().toList();
    }
}

package dev.lockdown.disruption;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Several disruptions, in which order they come and how often. The same seed gives the same order again.
///
/// @param times how often all of them happen, or zero where the time decides
/// @param until no round of them begins after so long; zero where their number decides
public record Schedule(List<Disruption> disruptions, Order order, int times, Duration until) {
    /// Before each that comes at random nothing happens for up to so long.
    private static final int PAUSE_MILLIS = 100;

    public enum Order {
        AT_ONCE, IN_TURN, AT_RANDOM
    }

    /// Those that happen at one time.
    ///
    /// @param pause before it
    public record Group(Duration pause, List<Disruption> disruptions) {
        public Group {
            disruptions = List.copyOf(disruptions);
        }
    }

    public Schedule {
        disruptions = List.copyOf(disruptions);
        if (disruptions.isEmpty()) throw new IllegalArgumentException("nothing happens");
        if (times < 0 || until.isNegative() || (times == 0) == until.isZero())
            throw new IllegalArgumentException("it ends after a number of times, or after a time");
    }

    public static Schedule once(Disruption disruption) {
        return new Schedule(List.of(disruption), Order.AT_ONCE, 1, Duration.ZERO);
    }

    /// One round of all of them.
    public List<Group> round(RandomGenerator chance) {
        return switch (order) {
            case AT_ONCE -> List.of(new Group(Duration.ZERO, disruptions));
            case IN_TURN -> disruptions.stream().map(d -> new Group(Duration.ZERO, List.of(d))).toList();
            case AT_RANDOM -> {
                var left = new ArrayList<>(disruptions);
                var groups = new ArrayList<Group>();
                while (!left.isEmpty()) {
                    var next = left.remove(chance.nextInt(left.size()));
                    groups.add(new Group(Duration.ofMillis(chance.nextInt(PAUSE_MILLIS)), List.of(next)));
                }
                yield groups;
            }
        };
    }

    /// Whether another round is to come.
    ///
    /// @param rounds that were made
    /// @param since how long it has been going on
    public boolean goesOn(int rounds, Duration since) {
        return times > 0 ? rounds < times : since.compareTo(until) < 0;
    }
}

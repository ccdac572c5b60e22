package dev.lockdown.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a figure is held against.
///
/// @param target the longest median that is wanted, or null
/// @param floor what the same takes in C on one core of the machine that the design was made on, or null where nobody measured it
record Goal(@Nullable Duration target, @Nullable Duration floor) {
    static final Goal NONE = new Goal(null, null);

    static Goal millis(double target) {
        return new Goal(Figure.ofMillis(target), null);
    }

    /// A half more than the floor.
    static Goal aboveFloor(double floorMillis) {
        return new Goal(Figure.ofMillis(1.5 * floorMillis), Figure.ofMillis(floorMillis));
    }

    Goal withFloor(double millis) {
        return new Goal(target, Figure.ofMillis(millis));
    }
}

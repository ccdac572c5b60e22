package dev.lockdown.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a figure is held against: a time, a multiple of what the kernel alone takes for the same on this machine, or nothing.
///
/// @param target the longest median that is wanted, or null
/// @param ratio the largest median multiple of the floor that is wanted, or 0
record Goal(@Nullable Duration target, double ratio) {
    static final Goal NONE = new Goal(null, 0);

    static Goal millis(double target) {
        return new Goal(Duration.ofNanos(Math.round(target * 1e6)), 0);
    }

    static Goal timesFloor(double ratio) {
        return new Goal(null, ratio);
    }
}

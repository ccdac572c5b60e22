package dev.lockdown.cluster.embedded;

import java.time.Duration;
import java.time.Instant;

/// A time during which policies were not enforced.
///
/// @param opening from when on something may have got through
/// @param opened from when on everything did
/// @param shutting until when everything did
/// @param shut until when something may have got through
public record Hole(Instant opening, Instant opened, Instant shutting, Instant shut) {

    /// It lasted so long for sure.
    public Duration least() {
        return Duration.between(opened, shutting);
    }

    /// It lasted no longer.
    public Duration most() {
        return Duration.between(opening, shut);
    }
}

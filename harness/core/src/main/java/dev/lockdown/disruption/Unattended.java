package dev.lockdown.disruption;

import java.time.Duration;

/// What becomes of a disruption when the harness is killed meanwhile.
///
/// @param after for [Way#ENDS]: how long after its beginning it is over at the latest; else zero
public record Unattended(Way way, Duration after) {
    /// The cluster goes with the run.
    public static final Unattended GONE = new Unattended(Way.GONE, Duration.ZERO);
    /// It goes on until somebody heals it.
    public static final Unattended STAYS = new Unattended(Way.STAYS, Duration.ZERO);

    public enum Way {
        /// The cluster ends with the run.
        GONE,
        /// The cluster itself ends it.
        ENDS,
        /// It lasts until the next run on that cluster, or `doctor --sweep`, heals it.
        STAYS
    }

    /// The cluster itself ends it, at the latest so long after its beginning.
    public static Unattended ends(Duration after) {
        return new Unattended(Way.ENDS, after);
    }
}

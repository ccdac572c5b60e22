package dev.lockdown.nightly;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a cell ended.
///
/// @param folder of its run, or null where there is none
/// @param problem why it is not simply done, in one line, or null
public record CellOutcome(String cell, State state, Instant at, Duration took, @Nullable Integer exitStatus, @Nullable String folder,
        @Nullable String problem) {

    public enum State {
        /// Its scenarios were run, whatever came of them.
        DONE,
        /// Its cluster or its input could not be used: nothing was asked.
        CANNOT_START,
        /// It was ended by its deadline; what it had is there.
        HUNG,
        /// A defect of ours, or a process that was killed; what it had is there.
        BROKEN,
        /// The night was over before its turn, or it was not needed.
        NOT_RUN;

        /// Whether it is not run again when a night is resumed.
        public boolean isFinal() {
            return this != NOT_RUN;
        }

        /// Whether a digest of it says something.
        public boolean hasVerdicts() {
            return this == DONE || this == HUNG || this == BROKEN;
        }
    }

    static CellOutcome notRun(String cell, Instant at, String why) {
        return new CellOutcome(cell, State.NOT_RUN, at, Duration.ZERO, null, null, why);
    }

    /// Of a cell that was to be run elsewhere. Nothing is known of it, unlike of one that was left out.
    static CellOutcome missing(String cell, Instant at) {
        return new CellOutcome(cell, State.BROKEN, at, Duration.ZERO, null, null, "none of the nights that were merged has it");
    }

    /// @param folder where its run is now
    CellOutcome in(@Nullable String folder) {
        return new CellOutcome(cell, state, at, took, exitStatus, folder, problem);
    }
}

package dev.lockdown.chaos;

import dev.lockdown.chaos.TimeVerdict.Ruling;
import org.jspecify.annotations.Nullable;

/// What the beats of a held connection prove of a claim.
///
/// @param fate that it met, or null where that is not asked or not known
/// @param cause the change that is judged, or null where there was none
/// @param losses since the change, or since it was opened where no change is asked about
/// @param doubt why nothing is proven, or null
public record FateVerdict(FateClaim claim, Ruling ruling, @Nullable Fate fate, @Nullable Cause cause, Losses losses,
        @Nullable Doubt doubt) {

    /// Beats that did not arrive in time.
    ///
    /// @param slowestMicros how long the slowest took that did
    public record Losses(long there, long back, long slowestMicros) {
        public static final Losses NONE = new Losses(0, 0, 0);

        public boolean isNone() {
            return there == 0 && back == 0;
        }
    }

    /// Why beats prove nothing.
    public enum Doubt {
        /// Nothing was changed since it was opened.
        NO_CHANGE,
        /// It never carried beats both ways.
        NEVER_WORKED,
        /// It was dead before the change, and is so after it.
        LOST_BEFORE,
        /// It was not seen for long enough.
        UNDECIDED
    }
}

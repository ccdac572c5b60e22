package dev.lockdown.chaos;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A time during which a watched flow was not yet, or not, what it was to become.
///
/// @param cause the change before it; null where nothing was changed before
/// @param beganMicros since the watch began: when the cause was sent, else when the first sample saw it
/// @param leastMicros the samples prove that it lasted so long
/// @param mostMicros the samples prove that it lasted no longer; the same as the least where it is censored
/// @param samples that were taken within it
public record Window(Kind kind, @Nullable Cause cause, long beganMicros, long leastMicros, long mostMicros, @Nullable Censored censored,
        int samples) {

    public enum Kind {
        /// From the change until nothing gets through any longer.
        CUT_OFF,
        /// From the change until everything gets through.
        BACK,
        /// Shut for a while, and open before and after.
        GAP,
        /// Open for a while, and shut before and after.
        LEAK,
        /// Not known for a while: no sample was taken, or none that says anything of the network.
        UNSAMPLED
    }

    /// What is not known of it.
    public enum Censored {
        /// It had begun before the first sample.
        LEFT,
        /// It had not ended by the last sample.
        RIGHT
    }

    /// The figure to be told: the most that it can have lasted, and for one that had not ended the least.
    public Duration length() {
        return micros(mostMicros);
    }

    /// How much shorter it may have been.
    public Duration error() {
        return micros(mostMicros - leastMicros);
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1000);
    }
}

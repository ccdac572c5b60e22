package dev.lockdown.disruption;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that is done to a cluster on purpose. Each has an end: it is healed, or heals by itself.
public sealed interface Disruption permits ObjectDisruption, ClusterDisruption {

    /// What happens, as a step says it, without how long it lasts: `enforcement pauses`.
    String words();

    /// How long it lasts; zero where it is over as soon as whoever was struck has come back.
    Duration lasting();

    /// One that is under way.
    interface Ongoing extends AutoCloseable {
        /// Heal it, even if its time is not over, and wait until it is healed. Repeatable.
        ///
        /// @throws RuntimeException if it is not, in time
        @Override
        void close();

        /// When it was so, as whoever was struck tells it; null before it is healed, and where nobody tells it.
        default @Nullable Struck struck() {
            return null;
        }
    }

    /// By the clock of whoever was struck.
    record Struck(Instant from, Instant until) {}
}

package dev.lockdown.trial;

import java.time.Instant;

/// Hears how far the probes that a scenario asks together have come, on any thread.
@FunctionalInterface
public interface RoundProgress {
    /// @param asked how many of them so far
    void tell(String scenario, Instant at, int asked, int all);
}

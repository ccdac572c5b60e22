package dev.lockdown.probe;

import java.time.Instant;

/// The dialler's clocks, for dials that go on where a [HandOver] ended. Whatever else needs a time is given a clock.
public final class AgentClock {
    private AgentClock() {}

    /// Monotonic, from an arbitrary origin.
    public static long nanos() {
        return System.nanoTime();
    }

    public static Instant now() {
        return Instant.now();
    }
}

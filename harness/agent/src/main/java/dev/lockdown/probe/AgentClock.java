package dev.lockdown.probe;

/// The dialler's monotonic clock, for dials that go on where a [HandOver] ended. Whatever else needs a time is given a clock.
public final class AgentClock {
    private AgentClock() {}

    /// In nanoseconds, from an arbitrary origin.
    public static long nanos() {
        return System.nanoTime();
    }
}

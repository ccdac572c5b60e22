package dev.lockdown.probe.held;

/// Beats with numbers one after another, that were sent or heard evenly.
///
/// @param first the number of the first
/// @param firstMicros when that was, by the agent's clock
/// @param lastMicros when the last was
/// @param count how many, at least one
public record BeatRun(long first, long firstMicros, long lastMicros, int count) {
    /// So long may a run be, so that what it leaves out is little.
    private static final long LONGEST = 100_000;

    public BeatRun {
        if (count < 1) throw new IllegalArgumentException("a run has at least one beat");
    }

    /// When one of them was, as if all were evenly apart.
    public long at(int index) {
        return count == 1 ? firstMicros : firstMicros + (lastMicros - firstMicros) * index / (count - 1);
    }

    /// Whether the next one goes on as evenly.
    ///
    /// @param apart how far from each other they are meant to be, in microseconds
    boolean goesOn(long number, long micros, long apart) {
        return number == first + count && micros - lastMicros <= 2 * apart && micros - firstMicros <= Math.max(LONGEST, 4 * apart);
    }

    BeatRun and(long micros) {
        return new BeatRun(first, firstMicros, micros, count + 1);
    }
}

package dev.lockdown.chaos;

import dev.lockdown.flow.Seen;
import java.util.ArrayList;
import java.util.List;

/// The samples of one flow as runs: every edge is kept, and what stays the same takes no room. Not for use by several threads.
public final class Strip {
    private final List<SampleRun> runs = new ArrayList<>();

    /// @param micros not before the last one's
    public void add(long micros, Seen seen) {
        add(SampleRun.of(micros, seen));
    }

    public void add(SampleRun next) {
        if (!runs.isEmpty() && runs.getLast().seen() == next.seen()) runs.set(runs.size() - 1, runs.getLast().and(next));
        else runs.add(next);
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /// When the first sample was sent.
    ///
    /// @throws java.util.NoSuchElementException if there is none
    public long firstMicros() {
        return runs.getFirst().firstMicros();
    }

    public List<SampleRun> runs() {
        return List.copyOf(runs);
    }
}

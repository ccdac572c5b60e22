package dev.lockdown.probe.held;

import java.util.ArrayList;
import java.util.List;

/// Beats of one direction at one end, since they were taken last. Thread-safe.
final class BeatLog {
    private final long apart;
    private final List<BeatRun> runs = new ArrayList<>(); // guarded by this

    /// @param apart how far from each other they are meant to be, in microseconds
    BeatLog(long apart) {
        this.apart = Math.max(1_000, apart);
    }

    synchronized void add(long number, long micros) {
        var last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && last.goesOn(number, micros, apart)) runs.set(runs.size() - 1, last.and(micros));
        else runs.add(new BeatRun(number, micros, micros, 1));
    }

    synchronized List<BeatRun> take() {
        var taken = List.copyOf(runs);
        runs.clear();
        return taken;
    }
}

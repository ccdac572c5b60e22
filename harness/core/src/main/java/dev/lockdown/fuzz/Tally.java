package dev.lockdown.fuzz;

import java.time.Duration;
import java.util.Locale;

/// What a run has done so far. Written by one thread, read by any.
final class Tally {
    private final long seed;
    private long cells; // all guarded by this
    private long leftOpen;
    private long states;
    private long changes;
    private long wrong;
    private long again;

    Tally(long seed) {
        this.seed = seed;
    }

    synchronized void changed(int howMany) {
        changes += howMany;
    }

    synchronized void asked(long compared, long open) {
        states++;
        cells += compared;
        leftOpen += open;
    }

    synchronized void repeated(int howMany) {
        again += howMany;
    }

    synchronized void found() {
        wrong++;
    }

    synchronized long cells() {
        return cells;
    }

    synchronized long states() {
        return states;
    }

    synchronized String line(Duration time) {
        double seconds = Math.max(0.001, time.toMillis() / 1000.0);
        return String.format(Locale.ROOT, "%,d cells in %,d states after %,d changes, %s wrong; %,d more are left open by the API%s"
            + " · %.1f s, %,.0f cells/s, %,.0f changes/s · seed %s",
            cells, states, changes, wrong, leftOpen, again == 0 ? "" : String.format(Locale.ROOT, ", %,d were asked twice", again), seconds,
            cells / seconds,
            changes / seconds, seed);
    }
}

package dev.lockdown.report;

import dev.lockdown.chaos.Strip;
import dev.lockdown.journal.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Gathers the samples of one watch.
final class WatchBuilder {
    private final Entry.Watched watched;
    private final List<Strip> strips = new ArrayList<>();
    private long missedTicks;
    private Duration error;

    WatchBuilder(Entry.Watched watched) {
        this.watched = watched;
        error = watched.error();
        watched.flows().forEach(_ -> strips.add(new Strip()));
    }

    int number() {
        return watched.watch();
    }

    void add(Entry.Sampled sampled) {
        if (sampled.flow() < 0 || sampled.flow() >= strips.size())
            throw new IllegalArgumentException("watch %s has no flow %s".formatted(watched.watch(), Integer.toString(sampled.flow())));
        strips.get(sampled.flow()).add(sampled.run());
    }

    void ended(Entry.WatchEnded entry) {
        missedTicks = entry.missedTicks();
        error = entry.error();
    }

    WatchRun watch() {
        return new WatchRun(watched, strips.stream().map(Strip::runs).toList(), missedTicks, error);
    }
}

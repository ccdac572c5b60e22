package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.flow.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Dials that several workers make together, each taking the next share when it is through with one. Safe for use by several threads.
final class DialQueue {
    /// Enough dials to stay in one source's namespace, few enough that all workers end together.
    static final int SHARE = 100;

    private final List<PlannedDial> dials;
    private final Observation[] observations;
    private final IntConsumer begun;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean abandoned;

    /// @param begun hears how many dials were taken before
    DialQueue(List<PlannedDial> dials, IntConsumer begun) {
        this.dials = dials;
        this.begun = begun;
        observations = new Observation[dials.size()];
    }

    /// The index of the first dial of a share that nobody else has, or the number of all dials where there is none left.
    int take() {
        if (abandoned) return dials.size();
        int first = Math.min(dials.size(), next.getAndAdd(SHARE));
        begun.accept(first);
        return first;
    }

    /// The index behind the last dial of a share.
    int end(int first) {
        return Math.min(dials.size(), first + SHARE);
    }

    int size() {
        return dials.size();
    }

    PlannedDial dial(int index) {
        return dials.get(index);
    }

    void answer(int index, Observation seen) {
        observations[index] = seen;
    }

    /// In the order of the dials, once all workers are through.
    List<Observation> answers() {
        return Arrays.asList(observations);
    }

    /// Have all workers stop, because one of them failed.
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }
}

package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.flow.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls that several operators make together, each taking the next share when it is through with one. Safe for use by several threads.
final class Workload {
    /// Enough calls to stay in one source's namespace, few enough that all operators end together.
    static final int SHARE = 100;

    private final List<Call> calls;
    private final Observation[] observations;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean abandoned;

    Workload(List<Call> calls) {
        this.calls = calls;
        observations = new Observation[calls.size()];
    }

    /// The index of the first call of a share that nobody else has, or the number of all calls where there is none left.
    int take() {
        return abandoned ? calls.size() : Math.min(calls.size(), next.getAndAdd(SHARE));
    }

    /// The index behind the last call of a share.
    int end(int first) {
        return Math.min(calls.size(), first + SHARE);
    }

    int size() {
        return calls.size();
    }

    Call call(int index) {
        return calls.get(index);
    }

    void answer(int index, Observation seen) {
        observations[index] = seen;
    }

    /// In the order of the calls, once all operators are through.
    List<Observation> answers() {
        return Arrays.asList(observations);
    }

    /// Have all operators stop, because one of them failed.
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }
}

package dev.lockdown.trial;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeJudge;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Watch;
import dev.lockdown.flow.Flow;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.InputException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All watches of a scenario, and the changes that were made meanwhile.
final class FlowWatches implements AutoCloseable {
    /// How long samples may be under way, and how much longer than the bound they are waited for.
    private static final Duration GRACE = Duration.ofMillis(400);
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Cluster cluster;
    private final ScenarioJournal journal;
    private final List<FlowWatch> watches = new ArrayList<>();
    private @Nullable Changed last;

    private record Changed(String words, Instant sent, Instant answered) {}

    FlowWatches(Cluster cluster, ScenarioJournal journal) {
        this.cluster = cluster;
        this.journal = journal;
    }

    void start(List<Flow> flows, Duration interval, int line) {
        watches.add(FlowWatch.start(watches.size() + 1, new Watch(flows, interval), cluster, journal, line));
    }

    void changed(List<Edit> edits, Applied applied) {
        last = new Changed(edits.stream().map(Edit::toString).collect(Collectors.joining(", ")), applied.sent(), applied.answered());
    }

    /// Wait until the samples decide, or can decide no longer.
    TimeVerdict measure(Flow flow, TimeClaim claim, int line) {
        var watch = watches.stream().filter(w -> w.indexOf(flow) >= 0).findFirst()
            .orElseThrow(() -> new InputException("%s is not watched; say before: Given these flows are watched".formatted(flow)));
        requireSampled(claim, watch.interval());
        var verdict = decided(watch, flow, claim);
        journal.write(new Entry.Measured(journal.now(), journal.scenario(), line, watch.number(), flow, verdict));
        if (verdict.ruling() != TimeVerdict.Ruling.HOLDS) throw new TimeError(flow, verdict);
        return verdict;
    }

    /// @throws InputException if the claim is of a time that is shorter than what lies between two samples
    static void requireSampled(TimeClaim claim, Duration interval) {
        if (claim.bound().isZero() || claim.bound().compareTo(interval) >= 0) return;
        throw new InputException("%s ms is shorter than the %s ms between two samples; watch the flows more often, or name a longer time"
            .formatted(millis(claim.bound()), millis(interval)));
    }

    private static String millis(Duration duration) {
        return Double.toString(duration.toNanos() / 1e6).replaceFirst("\\.0$", "");
    }

    private TimeVerdict decided(FlowWatch watch, Flow flow, TimeClaim claim) {
        int index = watch.indexOf(flow);
        var change = last;
        var cause = change == null ? null : watch.cause(change.words(), change.sent(), change.answered());
        long until = until(watch, claim, cause);
        long giveUp = System.nanoTime() + claim.bound().plus(GRACE.multipliedBy(10)).toNanos();
        while (true) {
            var runs = watch.runs(index);
            long known = runs.isEmpty() ? -1 : runs.getLast().lastMicros();
            boolean all = known >= until || System.nanoTime() > giveUp;
            var verdict = TimeJudge.judge(claim, runs, cause, known);
            boolean turned = claim instanceof TimeClaim.CutOff || claim instanceof TimeClaim.Back;
            if (all || turned && verdict.ruling() == TimeVerdict.Ruling.HOLDS) return verdict;
            if (Thread.currentThread().isInterrupted()) throw new CancellationException("interrupted while samples were waited for");
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// Until when samples are needed: a little past the bound, or until now.
    private long until(FlowWatch watch, TimeClaim claim, @Nullable Cause cause) {
        long now = watch.micros(journal.now());
        if (claim instanceof TimeClaim.NeverOpen || claim instanceof TimeClaim.NeverShut || cause == null) return now;
        long bound = cause.sentMicros() + claim.bound().plus(watch.interval().multipliedBy(4)).toNanos() / 1000;
        return Math.max(bound, now);
    }

    @Override
    public void close() {
        watches.forEach(FlowWatch::close);
    }
}

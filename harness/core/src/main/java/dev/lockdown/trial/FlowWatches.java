package dev.lockdown.trial;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Disrupted;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeJudge;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.Watch;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalException;
import dev.lockdown.state.InputException;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All watches of a scenario and the connections that it holds, and the changes that were made meanwhile.
final class FlowWatches implements AutoCloseable {
    /// How long samples may be under way, and how much longer than the bound they are waited for.
    private static final Duration GRACE = Duration.ofMillis(400);
    private static final Duration TALLY = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Cluster cluster;
    private final ScenarioJournal journal;
    private final List<FlowWatch> watches = new CopyOnWriteArrayList<>();
    private final HeldConnections connections;
    /// Written by the trial's thread, read by that of the tallies as well.
    private final List<Changed> changes = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledExecutorService tallies;
    private final LeftOpen leftOpen = new LeftOpen();
    private boolean judged;
    private boolean leftUnjudged;
    private Function<FlowWatch, List<Disrupted>> disruptions = _ -> List.of();

    private record Changed(String words, Instant sent, Instant answered) {}

    FlowWatches(Cluster cluster, ScenarioJournal journal) {
        this.cluster = cluster;
        this.journal = journal;
        this.connections = new HeldConnections(cluster, journal);
    }

    HeldConnections connections() {
        return connections;
    }

    /// @param known the disruptions so far, as a watch's clock knows them
    void outside(Function<FlowWatch, List<Disrupted>> known) {
        disruptions = known;
    }

    void start(List<WatchedFlow> flows, Duration interval, int line) {
        watches.add(FlowWatch.start(watches.size() + 1, new Watch(flows, interval), cluster, journal, line));
        leftOpen.look(cluster, watched());
        if (tallies == null) tallies = tallying();
    }

    /// A line a minute, for those who wait for a soak.
    private ScheduledExecutorService tallying() {
        var executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("lockdown-tally").factory());
        var _ = executor.scheduleAtFixedRate(this::tally, TALLY.toNanos(), TALLY.toNanos(), TimeUnit.NANOSECONDS);
        return executor;
    }

    private void tally() {
        try {
            for (var watch : watches) watch.tally(causes(watch, watch.error()));
        } catch (JournalException _) {
            // The journal keeps why, and whoever ends the run asks for it.
        }
    }

    private List<Cause> causes(FlowWatch watch, Duration error) {
        return changes.stream().map(c -> watch.cause(c.words(), c.sent(), c.answered(), error)).toList();
    }

    private List<Flow> watched() {
        return watches.stream().flatMap(w -> w.flows().stream()).map(WatchedFlow::flow).distinct().toList();
    }

    /// Whether something that was asked was judged.
    boolean judged() {
        return judged;
    }

    /// Whether something that was asked is left open by the API, so that it was not judged.
    boolean leftUnjudged() {
        return leftUnjudged;
    }

    void changed(List<Edit> edits, Applied applied) {
        if (!watches.isEmpty()) leftOpen.look(cluster, watched());
        var words = edits.stream().map(Edit::toString).collect(Collectors.joining(", "));
        changes.add(new Changed(words, applied.sent(), applied.answered()));
        connections.changed(words, applied.sent(), applied.answered());
    }

    /// Wait until the samples decide, or can decide no longer.
    TimeVerdict measure(WatchedFlow flow, TimeClaim claim, int line) {
        var watch = watches.stream().filter(w -> w.indexOf(flow) >= 0).findFirst()
            .orElseThrow(() -> notWatched(flow));
        requireSampled(claim, watch.interval());
        var error = watch.error();
        var decided = decided(watch, flow, claim, error);
        var verdict = decided.verdict().leftOpen(leftOpen.of(flow.flow(), claim));
        if (verdict.leftOpen() == null) judged = true;
        else leftUnjudged = true;
        journal.write(new Entry.Measured(journal.now(), journal.scenario(), line, watch.number(), flow, decided.known(), error, verdict));
        return switch (verdict.ruling()) {
            case HOLDS, NOT_JUDGED -> verdict;
            case FAILS, INCONCLUSIVE -> throw new TimeError(flow, verdict);
        };
    }

    static InputException notWatched(WatchedFlow flow) {
        return InputException.missing("watched flow", flow.toString(),
            "%s is not watched; say before: Given these flows are watched".formatted(flow));
    }

    /// @throws InputException if the claim is of a time that is shorter than what lies between two samples
    static void requireSampled(TimeClaim claim, Duration interval) {
        if (claim.bound().isZero() || claim.bound().compareTo(interval) >= 0) return;
        throw new InputException("%s is shorter than the %s between two samples; watch the flows more often, or name a longer time"
            .formatted(Figures.duration(claim.bound()), Figures.duration(interval)));
    }

    private Seen decided(FlowWatch watch, WatchedFlow flow, TimeClaim claim, Duration error) {
        int index = watch.indexOf(flow);
        var causes = causes(watch, error);
        var cause = causes.isEmpty() ? null : causes.getLast();
        long until = until(watch, claim, cause);
        boolean turns = claim.times().of() == 1 && (claim instanceof TimeClaim.CutOff || claim instanceof TimeClaim.Back);
        new Polling(LOOK).telling(new Waits(journal.waits())).until(claim.bound().plus(GRACE.multipliedBy(10)),
            () -> seen(watch, watch.runs(index), claim, causes),
            seen -> seen.known() >= until || turns && isSettled(seen, cause), _ -> "the samples of %s that decide".formatted(flow));
        return seen(watch, watch.written(index), claim, causes);
    }

    /// Whether what is to come cannot change it.
    private static boolean isSettled(Seen seen, @Nullable Cause cause) {
        // What was silent before the change is decided later than what answers after it, and in its order.
        if (cause == null || seen.known() < cause.sentMicros()) return false;
        var doubt = seen.verdict().doubt();
        return seen.verdict().ruling() == TimeVerdict.Ruling.HOLDS || doubt == TimeVerdict.Doubt.ALREADY
            || doubt == TimeVerdict.Doubt.NEVER_OPEN;
    }

    /// @param known so far samples are decided
    private record Seen(TimeVerdict verdict, long known) {}

    private Seen seen(FlowWatch watch, List<SampleRun> runs, TimeClaim claim, List<Cause> causes) {
        long known = runs.isEmpty() ? -1 : runs.getLast().lastMicros();
        return new Seen(TimeJudge.judge(claim, runs, causes, known, disruptions.apply(watch)), known);
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
        if (tallies != null) tallies.shutdownNow();
        try (connections) {
            watches.forEach(FlowWatch::close);
        }
    }
}

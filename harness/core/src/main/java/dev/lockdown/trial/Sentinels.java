package dev.lockdown.trial;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.LookAhead;
import dev.lockdown.cluster.Polling;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.Change;
import dev.lockdown.verdict.Laggard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells when a change is enforced everywhere: after each change the policies of the canary pods are flipped as well, and until every node has
/// turned those pods in both directions, nothing that is seen counts as the state after the change.
final class Sentinels {
    /// A dial longer than the poll would hide a turn behind its own deadline; one that shall be answered is given time for it. What turns is
    /// asked again by the verdicts, which wait longer.
    private static final Duration SHUT = Duration.ofMillis(100);
    /// But so many times as long as it took when it was last open.
    private static final int TIMES_AS_LONG = 5;
    /// However late a dialler is, what is silent for so long is believed.
    private static final Duration LONGEST_SHUT = Duration.ofMillis(1200);
    private static final Duration OPEN = Duration.ofMillis(600);
    /// Where looks may overlap, the next one begins so long after the last, however long that waits.
    private static final Duration APART = Duration.ofMillis(40);

    private final Cluster cluster;
    private final Canary canary;
    private final ScenarioJournal journal;
    private final Polling polling = new Polling();
    /// Refused in so many words since the canary flows were last flipped, and not answered since.
    private final Set<Probe> refused = new HashSet<>();
    private boolean shut;
    private Duration shutDeadline = SHUT;
    private Duration roundTrip = Duration.ZERO;
    private int line;

    Sentinels(Cluster cluster, Canary canary, ScenarioJournal journal) {
        this.cluster = cluster;
        this.canary = canary;
        this.journal = journal;
    }

    /// What the sentinels showed.
    sealed interface Turn {
        record Turned(Applied applied, Duration after) implements Turn {}

        /// @param laggards places that had not turned by the deadline
        record Stuck(Applied applied, List<Laggard> laggards, Duration waited) implements Turn {}
    }

    /// Make the changes, flip the sentinels right behind them, and wait until all of them have turned.
    ///
    /// @param line of the step that asks for it, or 0
    Turn apply(List<Change> changes, int line) {
        this.line = line;
        var all = new ArrayList<>(changes);
        all.addAll(shut ? canary.reopen() : canary.shut());
        var applied = cluster.apply(all);
        shut = !shut;
        refused.clear();
        return await(applied);
    }

    /// Wait until the canary flows are as they should be, whichever way that is now.
    Turn await(Applied applied) {
        var looks = new LookAhead<Dialling, Asked>(APART, how -> asked(canary.probes(), how));
        var turned =
            polling.until(cluster.capabilities().settling(), () -> look(looks.next(usual(), atOnce())),
                look -> look.laggards.isEmpty());
        var last = confirmed(turned);
        if (last.value().laggards.isEmpty())
            return new Turn.Turned(applied, Duration.between(applied.sent(), turned.value().ended));
        return new Turn.Stuck(applied, last.value().laggards, last.waited());
    }

    /// Before anything is believed of a cluster that is not ours: slow is not shut. What was refused in so many words is not slow.
    private Polling.Last<Look> confirmed(Polling.Last<Look> turned) {
        if (!shut || cluster.isTrusted() || !cluster.capabilities().foreign() || !turned.value().laggards.isEmpty()) return turned;
        var silent = canary.probes().stream().filter(p -> !refused.contains(p)).toList();
        if (silent.isEmpty()) return turned;
        return polling.until(cluster.capabilities().patience(), () -> look(asked(silent, Dialling.DEFAULT)),
            look -> look.laggards.isEmpty());
    }

    private int atOnce() {
        return cluster.mayOverlap() ? Math.toIntExact(Math.ceilDiv(usual().deadline().toMillis(), APART.toMillis())) : 1;
    }

    private Dialling usual() {
        return new Dialling(shut ? Pace.longer(shutDeadline, shorter(roundTrip.multipliedBy(TIMES_AS_LONG), LONGEST_SHUT)) : OPEN, 0);
    }

    /// What was asked, and how.
    private record Asked(Dialling how, List<Observation> observations) {}

    private Asked asked(List<Probe> probes, Dialling how) {
        return new Asked(how, cluster.observe(probes, how));
    }

    private Look look(Asked asked) {
        var observations = asked.observations;
        journal.observed(line, Entry.Purpose.SENTINEL, observations);
        var ended = observations.stream().map(Observation::at).max(Comparator.naturalOrder()).orElseThrow();
        observations.forEach(this::noteRefusal);
        if (observations.stream().allMatch(Sentinels::open))
            roundTrip = observations.stream().map(o -> Baseline.roundTrip(o.outcome())).max(Comparator.naturalOrder()).orElseThrow();
        boolean late = shut && wasLate(observations, asked.how.deadline());
        var laggards = observations.stream().filter(o -> shut ? late || !stopped(o) : !open(o))
            .map(o -> new Laggard(Canary.place(o.probe()), o.outcome())).toList();
        return new Look(laggards, ended);
    }

    /// Whether a dialler was held up so long that its silence proves nothing; then the next look waits longer.
    private boolean wasLate(List<Observation> observations, Duration deadline) {
        var waited = observations.stream().map(o -> o.outcome() instanceof Outcome.TimedOut(var after, _) ? after : Duration.ZERO)
            .max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        if (waited.compareTo(deadline.multipliedBy(3).dividedBy(2)) <= 0 || deadline.compareTo(LONGEST_SHUT) >= 0) return false;
        shutDeadline = shorter(deadline.multipliedBy(2), LONGEST_SHUT);
        return true;
    }

    /// Whether something on the way stopped it. A probe that could not be made, or that somebody else answered, says nothing.
    private static boolean stopped(Observation observation) {
        return switch (observation.outcome()) {
            case Outcome.TimedOut(_, var lost) -> lost != Outcome.Lost.REPLY;
            case Outcome.Refused _, Outcome.Unreachable _ -> true;
            case Outcome.Connected _, Outcome.Resolved _, Outcome.Misdirected _, Outcome.Unresolved _, Outcome.ProbeFailed _ -> false;
        };
    }

    private void noteRefusal(Observation observation) {
        switch (observation.outcome()) {
            case Outcome.Refused _, Outcome.Unreachable _ -> refused.add(observation.probe());
            case Outcome.Connected _, Outcome.Resolved _, Outcome.Misdirected _, Outcome.Unresolved _ -> refused.remove(observation.probe());
            case Outcome.TimedOut _, Outcome.ProbeFailed _ -> {}
        }
    }

    private static boolean open(Observation observation) {
        return observation.outcome() instanceof Outcome.Connected;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private record Look(List<Laggard> laggards, Instant ended) {}

    /// Whether the canary flows are shut now.
    boolean isShut() {
        return shut;
    }

    List<Probe> probes() {
        return canary.probes();
    }
}

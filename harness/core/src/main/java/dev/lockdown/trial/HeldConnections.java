package dev.lockdown.trial;

import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateClaim;
import dev.lockdown.chaos.FateJudge;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Way;
import dev.lockdown.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All held connections of a scenario, and the last change that was made meanwhile.
final class HeldConnections implements Connections, AutoCloseable {
    /// So long may it take until beats decide, and after that until they decide as was claimed.
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Cluster cluster;
    private final ScenarioJournal journal;
    private final List<HeldConnection> connections = new ArrayList<>();
    private boolean judged;
    private @Nullable Changed last;

    private record Changed(String words, Instant sent, Instant answered) {}

    HeldConnections(Cluster cluster, ScenarioJournal journal) {
        this.cluster = cluster;
        this.journal = journal;
    }

    @Override
    public void hold(Flow flow, @Nullable Duration interval, int line) {
        DryConnections.requireNew(connections.stream().map(HeldConnection::flow).toList(), flow);
        var hold = new Hold(flow, interval == null ? cluster.usualInterval() : interval);
        var connection = HeldConnection.open(connections.size() + 1, hold, cluster, journal, line);
        connections.add(connection);
        connection.awaitBeats();
    }

    /// Whether something was asked of one.
    boolean judged() {
        return judged;
    }

    void changed(String words, Instant sent, Instant answered) {
        last = new Changed(words, sent, answered);
    }

    @Override
    public FateVerdict fate(Flow flow, FateClaim claim, int line) {
        var connection = connections.stream().filter(c -> c.flow().equals(flow)).findFirst()
            .orElseThrow(() -> DryConnections.notHeld(flow));
        await(connection, claim);
        var beats = connection.sealed();
        var verdict = judge(connection, claim, beats);
        judged = true;
        journal.write(new Entry.FateMeasured(journal.now(), journal.scenario(), line, connection.number(), flow,
            HeldConnection.last(beats, Way.THERE), HeldConnection.last(beats, Way.BACK), verdict));
        if (verdict.ruling() != Ruling.HOLDS) throw new FateError(flow, verdict);
        return verdict;
    }

    private void await(HeldConnection connection, FateClaim claim) {
        if (connection.beats().isEmpty()) return;
        long now = connection.micros(journal.now());
        var patience = PATIENCE.plus(connection.interval().multipliedBy(4));
        new Polling(LOOK).telling(new Waits(journal.waits())).until(patience, connection::beats,
            beats -> isSettled(connection, claim, beats, now), _ -> "what becomes of the connection %s".formatted(connection.flow()));
    }

    private boolean isSettled(HeldConnection connection, FateClaim claim, List<BeatRun> beats, long now) {
        var verdict = judge(connection, claim, beats);
        boolean known = Math.min(HeldConnection.last(beats, Way.THERE), HeldConnection.last(beats, Way.BACK)) >= now;
        return switch (verdict.ruling()) {
            case HOLDS -> known || claim != FateClaim.LOSES_NOTHING;
            // What has survived so far may meet its fate later, where enforcement is slow; what has died is dead.
            case FAILS -> claim == FateClaim.SURVIVES || !(verdict.fate() instanceof Fate.Survives);
            case INCONCLUSIVE, NOT_JUDGED -> verdict.doubt() == FateVerdict.Doubt.NO_CHANGE;
        };
    }

    private FateVerdict judge(HeldConnection connection, FateClaim claim, List<BeatRun> beats) {
        return FateJudge.judge(claim, beats, connection.interval(), cause(connection));
    }

    private @Nullable Cause cause(HeldConnection connection) {
        var changed = last;
        if (changed == null) return null;
        var cause = connection.cause(changed.words(), changed.sent(), changed.answered());
        // What was done before it was opened is no cause of anything.
        return cause.answeredMicros() < 0 ? null : cause;
    }

    @Override
    public void close() {
        connections.forEach(HeldConnection::close);
    }
}

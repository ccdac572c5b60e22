package dev.lockdown.trial;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.Wording;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requires that a cluster shows by its canary that it enforces policies: open, blocked, and open again. A cluster that has shown it since
/// it was last disturbed need only be open.
final class CanaryCheck {
    private final Cluster cluster;
    private final Sentinels sentinels;
    private final ScenarioJournal journal;

    CanaryCheck(Cluster cluster, Sentinels sentinels, ScenarioJournal journal) {
        this.cluster = cluster;
        this.sentinels = sentinels;
        this.journal = journal;
    }

    /// @throws UntrustedClusterException if the canary says that the cluster does not enforce policies
    void require() {
        require(sentinels.await(new Applied(journal.now(), journal.now())), "canary flows are not open before any policy");
        if (cluster.isTrusted()) return;
        var shut = sentinels.apply(List.of(), 0);
        require(shut, "policies are not enforced");
        require(sentinels.apply(List.of(), 0), "canary flows stay shut after their policies were deleted");
        if (shut instanceof Sentinels.Turn.Turned(_, var after)) record(after, null);
        cluster.trust();
    }

    /// After a disruption: open, blocked and open again, whichever way the canary flows were before.
    ///
    /// @throws UntrustedClusterException if the canary says that the cluster does not enforce policies any longer
    void requireAgain(int line) {
        var open = sentinels.isShut() ? sentinels.apply(List.of(), line) : sentinels.await(new Applied(journal.now(), journal.now()));
        require(open, "canary flows are not open after a disruption");
        var shut = sentinels.apply(List.of(), line);
        require(shut, "policies are not enforced after a disruption");
        require(sentinels.apply(List.of(), line), "canary flows stay shut after a disruption");
        if (shut instanceof Sentinels.Turn.Turned(_, var after)) record(after, null);
        cluster.trust();
    }

    private void require(Sentinels.Turn turn, String otherwise) {
        if (!(turn instanceof Sentinels.Turn.Stuck(_, var laggards, var waited))) return;
        var problem = "%s: after %s still not %s".formatted(otherwise, Figures.duration(waited), Wording.laggards(laggards));
        record(waited, problem);
        throw new UntrustedClusterException(problem);
    }

    private void record(Duration after, @Nullable String problem) {
        journal.write(
            new Entry.Canary(journal.now(), journal.scenario(), sentinels.probes().stream().map(Canary::place).toList(), after, problem));
    }
}

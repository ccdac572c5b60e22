package dev.lockdown.cli;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.Access;
import dev.lockdown.cluster.kubernetes.KubernetesBackend;
import dev.lockdown.cluster.kubernetes.Sweeper;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `doctor` says of a cluster that is there already, and what it removes from it.
final class ClusterDoctor {
    private final ProcessContext context;
    private final Map<String, String> environment;

    ClusterDoctor(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    /// @param sweep whether to look for what earlier runs left
    /// @param remove whether to remove it
    ExitStatus run(ClusterOptions options, @Nullable String kubeContext, boolean sweep, boolean remove) throws IOException {
        var access = Access.find(options.kubeconfig(), kubeContext, environment);
        boolean remains = sweep && remains(access, remove);
        var clusters = new Clusters(context, environment);
        KubernetesBackend.examine(access, clusters.settings(options)).forEach(context.out()::println);
        context.out().println("this cluster can be used: ./lockdown run --cluster " + Clusters.words(options));
        return remains ? ExitStatus.FAILED : ExitStatus.OK;
    }

    /// Say what earlier runs left, and remove it if asked to.
    ///
    /// @return whether something of it is there still
    private boolean remains(Access access, boolean remove) throws IOException {
        try (var sweeper = Sweeper.of(access, new Waits(new WaitLines(context.err()::println)))) {
            var left = sweeper.leftovers();
            var disrupted = sweeper.disruptions();
            boolean remains = false;
            for (var run : left.keySet()) {
                context.out().println("run %s left:".formatted(run));
                left.get(run).forEach(object -> context.out().println("  " + object));
                disrupted.getOrDefault(run, List.of()).forEach(d -> context.out().println("  a disruption that it did not heal: " + d));
                remains |= remains(sweeper, run, remove);
            }
            boolean lease = leaseRemains(sweeper, remove);
            sweeper.forget(context.state().resolve("clusters"))
                .forEach(run -> context.out().println("run %s has nothing left there; its ledger is removed".formatted(run)));
            if (left.isEmpty() && !lease) context.out().println("earlier runs left nothing on this cluster");
            if ((remains || lease) && !remove)
                context.out().println("remove it: the same command with --yes, when none of these runs is under way");
            return remains || lease;
        }
    }

    private boolean remains(Sweeper sweeper, String run, boolean remove) {
        if (sweeper.isAlive(run, context.clock())) {
            context.out().println("  and is still under way: it holds the lease default/lockdown");
            return true;
        }
        if (!remove) return true;
        try {
            sweeper.heal(run).forEach(healed -> context.out().println("  healed: " + healed));
            sweeper.remove(run);
            context.out().println("  removed");
            return false;
        } catch (ClusterException e) {
            context.out().println("  not removed: " + e.getMessage());
            return true;
        }
    }

    private boolean leaseRemains(Sweeper sweeper, boolean remove) {
        if (sweeper.runUnderWay(context.clock()) instanceof String run) {
            context.out().println("run %s is under way: it holds the lease default/lockdown".formatted(run));
            return true;
        }
        var run = sweeper.abandonedLease(context.clock());
        if (run == null) return false;
        context.out().println("run %s left the lease default/lockdown".formatted(run));
        if (!remove) return true;
        sweeper.removeLease();
        context.out().println("  removed");
        return false;
    }
}

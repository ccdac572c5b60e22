package dev.lockdown.cli;

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
        if (sweep) sweep(access, remove);
        var clusters = new Clusters(context, environment);
        KubernetesBackend.examine(access, clusters.settings(options)).forEach(context.out()::println);
        context.out().println("this cluster can be used: ./lockdown run --cluster " + Clusters.words(options));
        return ExitStatus.OK;
    }

    private void sweep(Access access, boolean remove) throws IOException {
        try (var sweeper = Sweeper.of(access)) {
            var left = sweeper.leftovers();
            var disrupted = sweeper.disruptions();
            if (left.isEmpty()) context.out().println("earlier runs left nothing on this cluster");
            left.forEach((run, objects) -> {
                context.out().println("run %s left:".formatted(run));
                objects.forEach(object -> context.out().println("  " + object));
                disrupted.getOrDefault(run, List.of()).forEach(d -> context.out().println("  a disruption that it did not heal: " + d));
                if (sweeper.isAlive(run, context.clock())) {
                    context.out().println("  and is still under way: it holds the lease default/lockdown");
                    return;
                }
                if (remove) {
                    sweeper.heal(run).forEach(healed -> context.out().println("  healed: " + healed));
                    sweeper.remove(run);
                    context.out().println("  removed");
                }
            });
            sweeper.forget(context.home().resolve(".lockdown").resolve("clusters"))
                .forEach(run -> context.out().println("run %s has nothing left there; its ledger is removed".formatted(run)));
            if (!left.isEmpty() && !remove)
                context.out().println("remove it: the same command with --yes, when none of these runs is under way");
        }
    }
}

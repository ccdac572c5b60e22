package dev.lockdown.cli;

import dev.lockdown.cluster.kubernetes.Access;
import dev.lockdown.cluster.kubernetes.KubernetesBackend;
import dev.lockdown.cluster.kubernetes.Sweeper;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `doctor` says of a cluster that is there already, and what it removes from it.
final class ClusterDoctor {
    private final Surroundings surroundings;
    private final Map<String, String> environment;

    ClusterDoctor(Surroundings surroundings, Map<String, String> environment) {
        this.surroundings = surroundings;
        this.environment = environment;
    }

    /// @param sweep whether to look for what earlier runs left
    /// @param remove whether to remove it
    ExitStatus run(ClusterOptions options, @Nullable String context, boolean sweep, boolean remove) throws IOException {
        var access = Access.find(options.kubeconfig(), context, environment);
        if (sweep) sweep(access, remove);
        var clusters = new Clusters(surroundings, environment);
        KubernetesBackend.examine(access, clusters.settings(options)).forEach(surroundings.out()::println);
        surroundings.out().println("this cluster can be used: ./lockdown run --cluster " + Clusters.words(options));
        return ExitStatus.OK;
    }

    private void sweep(Access access, boolean remove) throws IOException {
        try (var sweeper = Sweeper.of(access)) {
            var left = sweeper.leftovers();
            if (left.isEmpty()) surroundings.out().println("earlier runs left nothing on this cluster");
            left.forEach((run, objects) -> {
                surroundings.out().println("run %s left:".formatted(run));
                objects.forEach(object -> surroundings.out().println("  " + object));
                if (sweeper.isAlive(run, surroundings.clock())) {
                    surroundings.out().println("  and is still under way: it holds the lease default/lockdown");
                    return;
                }
                if (remove) {
                    sweeper.remove(run);
                    surroundings.out().println("  removed");
                }
            });
            sweeper.forget(surroundings.home().resolve(".lockdown").resolve("clusters"))
                .forEach(run -> surroundings.out().println("run %s has nothing left there; its ledger is removed".formatted(run)));
            if (!left.isEmpty() && !remove)
                surroundings.out().println("remove it: the same command with --yes, when none of these runs is under way");
        }
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Provision;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.WaitListener;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.lease.HolderProcess;
import dev.lockdown.cluster.kubernetes.lease.Ledger;
import dev.lockdown.cluster.kubernetes.lease.Renewals;
import dev.lockdown.cluster.kubernetes.lease.RunLease;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.outside.OwnMachine;
import dev.lockdown.cluster.kubernetes.system.LateCalls;
import dev.lockdown.cluster.kubernetes.system.UnsupportedPolicies;
import dev.lockdown.state.Counted;
import dev.lockdown.state.NetworkPlugin;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A cluster that is there already, reached by its API.
///
/// ```java
/// try (var backend = KubernetesBackend.join(Access.find(null, null, System.getenv()), settings, maintenance, clock, WaitListener.NONE);
///      var cluster = backend.start(Needs.DEFAULT)) { … }
/// ```
public final class KubernetesBackend implements Backend {
    /// What was made good of earlier runs, in words.
    private record Cleared(List<String> healed, List<String> removed) {
        Cleared {
            healed = List.copyOf(healed);
            removed = List.copyOf(removed);
        }
    }

    private final ClusterInfo info;
    private final ClusterRun run;
    private final KubernetesProvision provision;
    private final RunLease lease;
    private final Cleared cleared;
    private @Nullable KubernetesCluster last;
    private boolean closed;

    private KubernetesBackend(ClusterRun run, KubernetesProvision provision, RunLease lease, Cleared cleared) {
        info = run.info();
        this.provision = provision;
        this.cleared = cleared;
        this.run = run;
        this.lease = lease;
    }

    /// Look at the cluster, and take the lease by which two runs keep apart. Nothing else is made yet; what runs left that are proven to be
    /// gone is removed.
    ///
    /// @param listener hears what is waited for, until somebody else does
    /// @throws EnvironmentException if it cannot be reached, or lacks what is needed, saying what
    public static KubernetesBackend join(Access access, Settings settings, Maintenance maintenance, InstantSource clock,
            WaitListener listener) {
        return join(access, settings, Deadlines.USUAL, maintenance, clock, Harness.own(listener));
    }

    static KubernetesBackend join(Access access, Settings settings, Deadlines deadlines, InstantSource clock) {
        return join(access, settings, deadlines, Maintenance.NONE, clock, Harness.own(WaitListener.NONE));
    }

    /// Whose run it is.
    ///
    /// @param process of the run, or null where it cannot be told
    /// @param machine that can stand for the outside of the cluster
    record Harness(@Nullable HolderProcess process, OwnMachine machine, WaitListener listener) {
        static Harness own(WaitListener listener) {
            return new Harness(HolderProcess.own(), OwnMachine.here(), listener);
        }
    }

    static KubernetesBackend join(Access access, Settings settings, Deadlines deadlines, Maintenance maintenance, InstantSource clock,
            Harness harness) {
        var late = new LateCalls();
        var client = access.client(deadlines.request(), late);
        try {
            new AccessReview(client).require();
            UnsupportedPolicies.requireNone(client, settings.acceptUnseen());
            var info = new ClusterDiscovery(client).info();
            var provision = KubernetesProvision.of(client, info, settings);
            // The lease last: whatever failed after it would leave it to keep other runs away.
            var ledger = Ledger.open(settings.ledger(), ApiErrorText.url(client), harness.process, settings.keep());
            var lease = lease(client, settings, harness, deadlines, clock, ledger);
            var earlier = cleared(client, settings, lease, ledger, new Waits(harness.listener));
            var run = ClusterRun.of(client, late, settings, deadlines, clock,
                earlier.removed.isEmpty() ? info : new ClusterDiscovery(client).info(), ledger, maintenance, harness.machine);
            run.waits().hear(harness.listener);
            return new KubernetesBackend(run, provision, lease, earlier);
        } catch (KubernetesClientException e) {
            client.close();
            throw unreachable(client, e);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /// Heal what killed runs left disrupted, and remove what those left whose processes are gone: whoever has the lease is the only run.
    private static Cleared cleared(KubernetesClient client, Settings settings, RunLease lease, Ledger ledger, Waits waits) {
        try {
            var sweeper = new Sweeper(client, Deadlines.USUAL.going(), Deadlines.USUAL.pause(), waits);
            var told = new ArrayList<String>();
            var healed = sweeper.heal();
            var ledgers = Objects.requireNonNull(settings.ledger().toAbsolutePath().getParent());
            var dead = Ledger.gone(ledgers, ApiErrorText.url(client));
            dead.remove(settings.run());
            if (lease.former() instanceof String former) {
                told.add("took over the lease of run %s, whose process is gone".formatted(former));
                dead.add(former);
            }
            if (dead.isEmpty()) return new Cleared(healed, told);
            sweeper.leftovers().forEach((run, objects) -> {
                if (!dead.contains(run)) return;
                sweeper.remove(run);
                told.add("removed what run %s left, whose process is gone: %s".formatted(run, String.join(", ", objects)));
            });
            Ledger.discard(ledgers, dead);
            return new Cleared(healed, told);
        } catch (RuntimeException e) {
            lease.close();
            ledger.settled();
            throw e;
        }
    }

    private static RunLease lease(KubernetesClient client, Settings settings, Harness harness, Deadlines deadlines,
            InstantSource clock, Ledger ledger) {
        try {
            return RunLease.take(client, new RunLease.Identity(ApiObjects.RUN, settings.run(), harness.process, settings.keep()), clock,
                new Renewals(new Polling(deadlines.pause()).telling(new Waits(harness.listener)), deadlines.account()));
        } catch (RuntimeException e) {
            ledger.settled();
            throw e;
        }
    }

    static EnvironmentException unreachable(KubernetesClient client, KubernetesClientException e) {
        var api = ApiErrorText.url(client);
        if (e.getCode() == 401)
            return new EnvironmentException(
                "the API at %s does not know the user of this kubeconfig (401): its credentials have expired or are wrong"
                    .formatted(api),
                e);
        if (e.getCode() == 403)
            return new EnvironmentException("the API at %s refused: %s".formatted(api, ApiErrorText.of(e)), e);
        return new EnvironmentException("the API at %s cannot be used: %s".formatted(api, ApiErrorText.of(e)), e);
    }

    /// Say whether a cluster can be used, without making anything in it.
    ///
    /// @return what it is, line by line
    /// @throws EnvironmentException if it cannot be used
    public static List<String> examine(Access access, Settings settings) {
        try (var client = access.client()) {
            try {
                new AccessReview(client).require();
                UnsupportedPolicies.requireNone(client, settings.acceptUnseen());
                var info = new ClusterDiscovery(client).info();
                var lines = new ArrayList<String>();
                lines.add("Kubernetes %s at %s".formatted(info.version(), ApiErrorText.url(client)));
                info.nodes().forEach(n -> lines.add("%s is %s".formatted(n.alias(), n.name())));
                info.unused().forEach(u -> lines.add("not tested: " + u));
                info.plugins().forEach(p -> lines.add("network plugin: %s (%s)".formatted(p, p.toldBy())));
                lines.add("pods have " + info.families().stream().map(Object::toString).collect(Collectors.joining(" and ")));
                lines.addAll(KubernetesProvision.of(client, info, settings).skips());
                lines.add("DNS by %s labelled k8s-app=kube-dns".formatted(Counted.of(info.dns().pods().size(), "pod")));
                return lines;
            } catch (KubernetesClientException e) {
                throw unreachable(client, e);
            }
        }
    }

    /// What scenarios a cluster has a place for, without making anything in it.
    ///
    /// @throws EnvironmentException if it cannot be used
    public static Provision provision(Access access, Settings settings) {
        try (var client = access.client()) {
            try {
                new AccessReview(client).require();
                return KubernetesProvision.of(client, new ClusterDiscovery(client).info(), settings);
            } catch (KubernetesClientException e) {
                throw unreachable(client, e);
            }
        }
    }

    @Override
    public Provision provision() {
        return provision;
    }

    /// One line for people: what it is and what of it is tested.
    @Override
    public String description() {
        var plugins = info.plugins().stream().map(p -> " · " + p).distinct().collect(Collectors.joining());
        return "Kubernetes %s%s · %s · %s%s".formatted(info.version(), plugins, Counted.of(info.nodes().size(), "node"),
            info.families().stream().map(Object::toString).collect(Collectors.joining(" and ")),
            info.unused().isEmpty() ? "" : " · not tested: " + String.join(", ", info.unused()));
    }

    @Override
    public List<NetworkPlugin> networkPlugins() {
        return info.plugins();
    }

    /// Disruptions of killed runs that were healed when this one joined, a line each.
    public List<String> healed() {
        return cleared.healed;
    }

    /// What was taken over and removed of runs whose processes are gone when this one joined, a line each.
    public List<String> removed() {
        return cleared.removed;
    }

    @Override
    public void hear(WaitListener listener) {
        run.waits().hear(listener);
    }

    @Override
    public Cluster start(Needs needs) {
        provision.refusal(Requirements.of(needs)).ifPresent(why -> {
            throw new UnsupportedException(why);
        });
        var capabilities = new Capabilities(description(), info.nodes().stream().map(ClusterInfo.ClusterNode::alias).toList(),
            needs.families(), Map.of(), run.deadlines().patience(), run.deadlines().settling(), false, true,
            false);
        // What was kept of the last scenario was kept for the end of the run.
        if (last != null) last.clear();
        run.api().again(() -> last = new KubernetesCluster(run, capabilities, NodeAgents.of(run)));
        return Objects.requireNonNull(last);
    }

    @Override
    public boolean isolatesScenarios() {
        return false;
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try (var _ = run.client(); var _ = run.threads(); lease; run) {
            // Closed in the order from last to first.
        }
    }
}

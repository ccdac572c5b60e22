package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A cluster that is there already, reached by its API.
///
/// ```java
/// try (var backend = KubernetesBackend.join(Access.find(null, null, System.getenv()), settings, clock);
///      var cluster = backend.start(Needs.DEFAULT)) { … }
/// ```
public final class KubernetesBackend implements Backend {
    /// Privileged, for the agents on the nodes' own network.
    static final String NODES = "lockdown-nodes";

    private final KubernetesClient client;
    private final Settings settings;
    private final Deadlines deadlines;
    private final InstantSource clock;
    private final Landscape landscape;
    private final Threads threads = new Threads();
    private final Troupe troupe;
    private final RunLease lease;
    private final KubernetesCluster.Trust trust = new KubernetesCluster.Trust();
    private @Nullable KubernetesCluster last;
    private boolean closed;

    private KubernetesBackend(KubernetesClient client, Settings settings, Deadlines deadlines, InstantSource clock, Landscape landscape,
            RunLease lease, Ledger ledger) {
        this.client = client;
        this.settings = settings;
        this.deadlines = deadlines;
        this.clock = clock;
        this.landscape = landscape;
        this.lease = lease;
        troupe = new Troupe(client, settings, deadlines, threads, ledger,
            landscape.nodes().stream().collect(Collectors.toMap(Landscape.ClusterNode::alias, Landscape.ClusterNode::name)),
            landscape.namespaces().keySet());
    }

    /// Look at the cluster, and take the lease by which two runs keep apart. Nothing else is made yet.
    ///
    /// @throws EnvironmentException if it cannot be reached, or lacks what is needed, saying what
    public static KubernetesBackend join(Access access, Settings settings, InstantSource clock) {
        return join(access, settings, Deadlines.USUAL, clock);
    }

    static KubernetesBackend join(Access access, Settings settings, Deadlines deadlines, InstantSource clock) {
        var client = access.client(deadlines.request());
        try {
            new Rights(client).require();
            Unseen.requireNone(client, settings.acceptUnseen());
            var landscape = new Survey(client).landscape();
            // The lease last: whatever failed after it would leave it to keep other runs away.
            var ledger = Ledger.open(settings.ledger(), client.getMasterUrl().toString());
            return new KubernetesBackend(client, settings, deadlines, clock, landscape, lease(client, settings, clock, ledger), ledger);
        } catch (KubernetesClientException e) {
            client.close();
            throw unreachable(client, e);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static RunLease lease(KubernetesClient client, Settings settings, InstantSource clock, Ledger ledger) {
        try {
            return RunLease.take(client, settings.run(), clock);
        } catch (RuntimeException e) {
            ledger.settled();
            throw e;
        }
    }

    private static EnvironmentException unreachable(KubernetesClient client, KubernetesClientException e) {
        var api = client.getMasterUrl();
        if (e.getCode() == 401)
            return new EnvironmentException(
                "the API at %s does not know the user of this kubeconfig (401): its credentials have expired or are wrong"
                    .formatted(api),
                e);
        if (e.getCode() == 403)
            return new EnvironmentException("the API at %s refused: %s".formatted(api, Refusal.words(e)), e);
        return new EnvironmentException("the API at %s cannot be used: %s".formatted(api, Refusal.words(e)), e);
    }

    /// Say whether a cluster can be used, without making anything in it.
    ///
    /// @return what it is, line by line
    /// @throws EnvironmentException if it cannot be used
    public static List<String> examine(Access access, Settings settings) {
        try (var client = access.client()) {
            try {
                new Rights(client).require();
                Unseen.requireNone(client, settings.acceptUnseen());
                var landscape = new Survey(client).landscape();
                var lines = new java.util.ArrayList<String>();
                lines.add("Kubernetes %s at %s".formatted(landscape.version(), client.getMasterUrl()));
                landscape.nodes().forEach(n -> lines.add("%s is %s".formatted(n.alias(), n.name())));
                landscape.unused().forEach(u -> lines.add("not tested: " + u));
                lines.add("pods have " + landscape.families().stream().map(Object::toString).collect(Collectors.joining(" and ")));
                lines.add("DNS by %d pods labelled k8s-app=kube-dns".formatted(landscape.dns().pods().size()));
                return lines;
            } catch (KubernetesClientException e) {
                throw unreachable(client, e);
            }
        }
    }

    /// One line for people: what it is and what of it is tested.
    @Override
    public String description() {
        return "Kubernetes %s · %d node%s · %s%s".formatted(landscape.version(), landscape.nodes().size(),
            landscape.nodes().size() == 1 ? "" : "s",
            landscape.families().stream().map(Object::toString).collect(Collectors.joining(" and ")),
            landscape.unused().isEmpty() ? "" : " · not tested: " + String.join(", ", landscape.unused()));
    }

    @Override
    public Cluster start(Needs needs) {
        if (needs.nodes() > landscape.nodes().size() && needs.nodes() > Needs.DEFAULT.nodes())
            throw new UnsupportedException(
                "it needs %d nodes, and here %d can run agents%s".formatted(needs.nodes(), landscape.nodes().size(),
                    landscape.unused().isEmpty() ? "" : " (" + String.join("; ", landscape.unused()) + ")"));
        if (!landscape.families().containsAll(needs.families()))
            throw new UnsupportedException("it needs %s, and the cluster's pods have %s".formatted(
                needs.families().stream().map(Object::toString).collect(Collectors.joining(" and ")),
                landscape.families().stream().map(Object::toString).collect(Collectors.joining(" and "))));
        var capabilities = new Capabilities(description(), landscape.nodes().stream().map(Landscape.ClusterNode::alias).toList(),
            needs.families(), Set.of(Protocol.TCP, Protocol.UDP), deadlines.patience(), deadlines.settling(), false, true, false);
        try {
            // What was kept of the last scenario was kept for the end of the run.
            if (last != null) last.clear();
            last = new KubernetesCluster(client, capabilities, landscape, settings, troupe, threads, nodeAgents(), deadlines, clock, trust);
            return last;
        } catch (KubernetesClientException e) {
            throw new ClusterException("the Kubernetes API refused: " + Refusal.words(e), e);
        }
    }

    /// The agents on the nodes' own network: they are to their pods what the kubelet is. One that was lost is replaced.
    private Map<String, AgentPod> nodeAgents() {
        troupe.namespace(new Namespace(NODES, Map.of()), true);
        troupe.start(landscape.nodes().stream()
            .map(n -> new Pod(new NamespacedName(NODES, "on-" + n.alias()), Map.of(), List.of(), n.alias(), true)).toList());
        var agents = new HashMap<String, AgentPod>();
        for (var node : landscape.nodes())
            agents.put(node.alias(), java.util.Objects.requireNonNull(troupe.get(new NamespacedName(NODES, "on-" + node.alias()))));
        return agents;
    }

    @Override
    public boolean isolatesScenarios() {
        return false;
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try (client; threads; lease; troupe) {
            // Closed in the order from last to first.
        }
    }
}

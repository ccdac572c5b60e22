package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.cluster.embedded.controlplane.Scheduler;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.cluster.embedded.defect.Defect;
import dev.lockdown.cluster.embedded.dial.DialPlanner;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.netpol.Denial;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One embedded cluster. Used by one thread at a time.
public final class EmbeddedCluster implements Cluster {
    /// Rules are in force when the kernel has answered, so what is not seen soon will not be seen.
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Capabilities capabilities;
    private final InstantSource clock;
    private final Parts parts;
    private ClusterState state;
    private Addresses addresses = Addresses.NONE;
    private boolean closed;

    private EmbeddedCluster(Capabilities capabilities, InstantSource clock, Parts parts, ClusterState state) {
        this.capabilities = capabilities;
        this.clock = clock;
        this.parts = parts;
        this.state = state;
    }

    static EmbeddedCluster start(Needs needs, InstantSource clock, Set<Defect> defects, int threads, Denial denial, ClusterTls tls) {
        var nodes = IntStream.rangeClosed(1, needs.nodes()).mapToObj(i -> "node-" + i).toList();
        var description = "embedded · %d node%s · %s".formatted(nodes.size(), nodes.size() == 1 ? "" : "s",
            needs.families().stream().map(Object::toString).collect(Collectors.joining(" and ")));
        var capabilities =
            new Capabilities(description, nodes, needs.families(), Set.of(Protocol.TCP, Protocol.UDP), PATIENCE, SETTLING, true, false,
                true);
        var dialling = IntStream.range(0, threads).mapToObj(i -> NamespaceThread.start("lockdown-net-" + i)).toList();
        Parts parts;
        try {
            parts = Parts.start(dialling, nodes, needs.families(), defects, denial, tls, clock);
        } catch (RuntimeException e) {
            dialling.forEach(NamespaceThread::close);
            throw e;
        }
        var cluster =
            new EmbeddedCluster(capabilities, clock, parts, ClusterState.ofNodes(nodes.stream().map(n -> new Node(n, Map.of())).toList()));
        try {
            cluster.apply(SystemObjects.changes(nodes));
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ClusterState state() {
        return state;
    }

    @Override
    public Addresses addresses() {
        return addresses;
    }

    /// What can be broken on purpose.
    public Faults faults() {
        return new Faults(parts);
    }

    Parts parts() {
        return parts;
    }

    @Override
    public Applied apply(List<Change> changes) {
        var scheduled = new Scheduler(state).schedule(changes);
        var next = state.after(scheduled);
        Instant sent = clock.instant();
        state = next;
        addresses = parts.apply(scheduled, next);
        return new Applied(sent, clock.instant());
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how) {
        parts.enforceWhatIsDue();
        var planner = parts.planner(state, addresses, how.deadline());
        var plans = probes.stream().map(p -> planner.plan(p, how.payload())).toList();
        var planned = plans.stream().filter(DialPlanner.Plan.Once.class::isInstance).map(p -> ((DialPlanner.Plan.Once) p).dial()).toList();
        var seen = parts.dialler().observe(planned, how.deadline()).iterator();
        var observations = new ArrayList<Observation>(probes.size());
        for (var plan : plans) observations.add(switch (plan) {
            case DialPlanner.Plan.Once once -> planner.finish(once, seen.next());
            case DialPlanner.Plan.Resolve resolve -> planner.resolve(resolve, how.deadline());
            case DialPlanner.Plan.Impossible(var probe, var because) -> new Observation(probe, because, clock.instant(), List.of());
        });
        return observations;
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return state.pods().containsKey(pod.name()) ? parts.token(pod.name()).length() : 0;
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        parts.close();
    }
}

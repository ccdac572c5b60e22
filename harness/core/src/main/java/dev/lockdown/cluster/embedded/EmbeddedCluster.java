package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.controlplane.Scheduler;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.cluster.embedded.defect.Defects;
import dev.lockdown.cluster.embedded.dial.KernelProtocols;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.watch.FlowWatcher;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Counted;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/// One embedded cluster: a list of parts through which each change goes, and a prober. Used by one thread at a time.
public final class EmbeddedCluster implements Cluster {
    /// Rules are in force when the kernel has answered, so what is not seen soon will not be seen.
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Capabilities capabilities;
    private final Established established;
    private final InstantSource clock;
    private final Assembly assembly;
    private final List<NetworkPlugin> plugins;
    private final List<FlowWatcher> watchers = new ArrayList<>();
    private Snapshot now;

    private EmbeddedCluster(Capabilities capabilities, Established established, InstantSource clock, Assembly assembly,
            List<NetworkPlugin> plugins) {
        this.capabilities = capabilities;
        this.established = established;
        this.clock = clock;
        this.assembly = assembly;
        this.plugins = List.copyOf(plugins);
        now = new Snapshot(ClusterState.ofNodes(capabilities.nodes().stream().map(n -> new Node(n, Map.of())).toList()), Addresses.NONE);
    }

    public static EmbeddedCluster start(Assembly.Plan plan) {
        var cluster = new EmbeddedCluster(capabilities(plan.nodes(), plan.families()), plan.established(), plan.clock(), Assembly.of(plan),
            Defects.played(plan.defects()));
        try {
            cluster.apply(SystemObjects.changes(plan.nodes()));
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static Capabilities capabilities(List<String> nodes, List<Family> families) {
        var description = "embedded · %s · %s".formatted(Counted.of(nodes.size(), "node"),
            families.stream().map(Object::toString).collect(Collectors.joining(" and ")));
        return new Capabilities(description, nodes, families, KernelProtocols.lacking(), PATIENCE, SETTLING, true, false, true);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<NetworkPlugin> networkPlugins() {
        return plugins;
    }

    @Override
    public ClusterState state() {
        return now.state();
    }

    @Override
    public Addresses addresses() {
        return now.addresses();
    }

    /// What can be broken on purpose.
    public Faults faults() {
        return assembly.faults();
    }

    /// Enforce no policy for so long, to see whether whoever watches notices. Returns afterwards.
    public Hole hole(Duration length) {
        return assembly.enforcement().hole(now, length);
    }

    /// Make connection tracking forget what has ended, as happens by itself when ports are used again.
    public void forgetConnections() {
        assembly.prober().forgetConnections();
    }

    Enforcement enforcement() {
        return assembly.enforcement();
    }

    NetworkEndpoints endpoints() {
        return assembly.endpoints();
    }

    String token(NamespacedName pod) {
        return assembly.tokens().of(pod);
    }

    @Override
    public Applied apply(List<Change> changes) {
        var scheduled = new Scheduler(now.state()).schedule(SystemObjects.makingRoom(changes, now.state()));
        var next = now.state().after(scheduled);
        Instant sent = clock.instant();
        // Where a part fails, what the others did is not undone.
        now = new Snapshot(next, now.addresses());
        for (var change : scheduled) for (var part : assembly.parts()) part.handle(change);
        assembly.parts().forEach(Part::connect);
        var after = new Snapshot(next, assembly.book().addresses());
        for (var part : assembly.parts()) part.follow(after);
        now = after;
        assembly.beats().follow(assembly.endpoints());
        if (!watchers.isEmpty()) watchers.forEach(w -> w.follow(assembly.prober().planner(after)));
        return new Applied(sent, clock.instant());
    }

    @Override
    public boolean mayOverlap() {
        return false;
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how) {
        return observe(probes, how, _ -> {});
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how, IntConsumer asked) {
        assembly.enforcement().enforceWhatIsDue();
        return assembly.prober().observe(probes, how, now, asked);
    }

    @Override
    public Established established() {
        return established;
    }

    @Override
    public Duration usualInterval() {
        return Duration.ofMillis(1);
    }

    @Override
    public Watch.Ongoing watch(Watch watch, Watch.Sink sink) {
        var watcher = assembly.prober().watch(watch, sink, assembly.namespaces(), now);
        watchers.add(watcher);
        return watcher;
    }

    @Override
    public void requirePossible(Disruption disruption) {
        EmbeddedDisruptions.requirePossible(disruption);
    }

    /// All of it are namespaces that nobody but this process holds.
    @Override
    public DisruptionGuard guard(Disruption disruption, List<Change> healing) {
        return DisruptionGuard.keepingNothing(Unattended.GONE);
    }

    @Override
    public Disruption.Ongoing begin(ClusterDisruption disruption) {
        return assembly.disruptions().begin(disruption, now);
    }

    @Override
    public Hold.Ongoing hold(Hold hold, Hold.Sink sink) {
        return assembly.beats().hold(hold, sink, assembly.prober().planner(now));
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return now.state().pods().containsKey(pod.name()) ? token(pod.name()).length() : 0;
    }

    @Override
    public void close() {
        assembly.beats().close();
        watchers.forEach(FlowWatcher::close);
        assembly.opened().close();
    }
}

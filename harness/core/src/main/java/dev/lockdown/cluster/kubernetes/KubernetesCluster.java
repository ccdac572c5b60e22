package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.EvidenceFile;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.kubernetes.pool.PodsAhead;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.NetworkPlugin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;

/// What one scenario sees of a cluster behind a Kubernetes API. Closing it removes its policies and Services; its pods stay for the next.
final class KubernetesCluster implements Cluster {
    private final ClusterRun run;
    private final Capabilities capabilities;
    private final NodeAgents nodeAgents;
    private final ApiApplier applier;
    private final Locations locations;
    private final ForeignObjects foreign;
    private final LiveFlows live;
    private final ChangeMaker changes;
    private final KubernetesDisruptions disruptions;
    private Addresses addresses;
    private boolean closed;

    KubernetesCluster(ClusterRun run, Capabilities capabilities, NodeAgents nodeAgents) {
        this.run = run;
        this.capabilities = capabilities;
        this.nodeAgents = nodeAgents;
        applier = new ApiApplier(run.client(), run.settings().run(), run.mapping(), run.namespaces(), run.objects(),
            run.balancers());
        locations = new Locations(run, applier);
        foreign = new ForeignObjects(run);
        live = new LiveFlows(run, this::planner);
        disruptions = new KubernetesDisruptions(run, live, this::relocated);
        changes = new ChangeMaker(run, nodeAgents, applier, locations, live);
        addresses = locations.of(state());
    }

    @Override
    public Capabilities capabilities() {
        return run.protocols().within(capabilities);
    }

    @Override
    public List<NetworkPlugin> networkPlugins() {
        return run.plugins();
    }

    @Override
    public ClusterState state() {
        return changes.state();
    }

    @Override
    public Addresses addresses() {
        return addresses;
    }

    @Override
    public boolean isTrusted() {
        return run.trusted().get();
    }

    @Override
    public void trust() {
        run.trusted().set(true);
    }

    @Override
    public Applied apply(List<Change> wanted) {
        state().after(wanted);
        foreign.refuse(wanted, state());
        changes.makeRoom(wanted);
        Instant sent = run.clock().instant();
        changes.make(wanted);
        relocated();
        return new Applied(sent, run.clock().instant());
    }

    /// Not while policies are looked through after each observation: one that is just being made would be taken for a late one.
    @Override
    public boolean mayOverlap() {
        return !run.api().mayBeLate();
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how) {
        return observe(probes, how, _ -> {});
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how, IntConsumer asked) {
        var seen = run.nodeDoubts().considered(state(), prober().observe(probes, how, asked));
        if (!run.api().mayBeLate() || seen.stream().allMatch(o -> o.outcome() instanceof Outcome.ProbeFailed)) return seen;
        var late = new ArrayList<String>();
        run.api().again(() -> {
            late.clear();
            late.addAll(applier.late(state().policies().keySet()));
        });
        return late.isEmpty() ? seen : seen.stream()
            .map(o -> new Observation(o.probe(), new Outcome.ProbeFailed(String.join("; ", late)), o.at(), o.drops())).toList();
    }

    /// One for the state as it is now.
    private AgentProber prober() {
        return new AgentProber(planner(), run.clock(), run.threads(), run.deadlines().travel(), run.waits());
    }

    private ProbePlanner planner() {
        return new ProbePlanner(state(), addresses, run.pods(), run.mapping(), nodeAgents.running(), run.settings().externals(),
            run.hosts(),
            run.names(), run.balancers());
    }

    @Override
    public void expect(Requirements requirements) {
        changes.expect(requirements);
        run.protocols().need(requirements.protocols());
    }

    @Override
    public void foresee(List<Requirements> next) {
        run.pods().foresee(next.stream().map(r -> new PodsAhead.Wanted(r.pods(), r.namedPorts())).toList());
    }

    @Override
    public void requireAddressed(Collection<Probe> probes) {
        HostsOutside.requireAddressed(probes, addresses, run.balancers());
    }

    @Override
    public Hold.Ongoing hold(Hold hold, Hold.Sink sink) {
        return live.hold(hold, sink);
    }

    @Override
    public Watch.Ongoing watch(Watch watch, Watch.Sink sink) {
        return live.watch(watch, sink);
    }

    @Override
    public List<EvidenceFile> evidence(Duration since) {
        return FailureEvidence.of(run, since);
    }

    @Override
    public List<NodeDump> dumps(List<DifferingFlow> flows, Duration since) {
        return run.dumps().of(flows, since);
    }

    @Override
    public Duration longestDump() {
        return run.dumpedWithin();
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return prober().tokenLength(pod.name());
    }

    @Override
    public void requirePossible(Disruption disruption) {
        run.api().again(() -> disruptions.requirePossible(disruption));
    }

    @Override
    public DisruptionGuard guard(Disruption disruption, List<Change> healing) {
        return run.api().once(() -> disruptions.guard(disruption, healing));
    }

    @Override
    public Disruption.Ongoing begin(ClusterDisruption disruption) {
        run.trusted().set(false);
        return run.api().once(() -> disruptions.begin(disruption));
    }

    /// Pods have other addresses, or other agents.
    private void relocated() {
        addresses = locations.of(state());
        live.follow();
    }

    @Override
    public void close() {
        if (!run.settings().keep()) clear();
    }

    /// Remove the policies and Services. Repeatable.
    void clear() {
        if (closed) return;
        run.api().again(() -> applier.clear(run.threads()));
        closed = true;
    }
}

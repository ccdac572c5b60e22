package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.EvidenceFile;
import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.kubernetes.pool.PodShape;
import dev.lockdown.cluster.kubernetes.pool.PodsAhead;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ChangeStages;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Counted;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// What one scenario sees of a cluster behind a Kubernetes API. Closing it removes its policies and Services; its pods stay for the next.
final class KubernetesCluster implements Cluster {
    private static final String POD_SECURITY = "violates PodSecurity";

    private final ClusterRun run;
    private final Capabilities capabilities;
    private final NodeAgents nodeAgents;
    private final ApiApplier applier;
    private final Locations locations;
    private final ActualChanges actual;
    private final ForeignObjects foreign;
    private final LiveFlows live;
    private final KubernetesDisruptions disruptions;
    private ClusterState state;
    private Addresses addresses;
    private Requirements expected = Requirements.of(Needs.DEFAULT);
    private boolean fresh = true;
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
        actual = new ActualChanges(run);
        state = run.info().state();
        addresses = locations.of(state);
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
        return state;
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
    public Applied apply(List<Change> changes) {
        state.after(changes);
        foreign.refuse(changes, state);
        if (fresh) run.api().again(() -> makeRoom(changes));
        fresh = false;
        Instant sent = run.clock().instant();
        for (var stage : ChangeStages.of(changes, HarnessNamespaces::contains)) run.api().again(() -> make(stage));
        relocated();
        return new Applied(sent, run.clock().instant());
    }

    private void make(List<Change> stage) {
        switch (stage.getFirst()) {
            case Change.StopPod _ -> stop(stage.stream().map(Change.StopPod.class::cast).map(Change.StopPod::name).toList());
            case Change.ApplyNamespace _, Change.RelabelNamespace _ -> run.threads().all(stage, this::make);
            case Change.DeleteNamespace _ -> stage.forEach(this::make);
            case Change.StartPod _, Change.RelabelPod _, Change.ApplyService _, Change.DeleteService _, Change.ApplyPolicy _, Change.DeletePolicy _, Change.AddHost _ ->
                makeTogether(stage);
        }
        state = state.after(actual.of(stage));
    }

    private void makeTogether(List<Change> stage) {
        var starting = stage.stream().filter(Change.StartPod.class::isInstance).map(c -> ((Change.StartPod) c).pod()).toList();
        var work = new ArrayList<Runnable>();
        if (!starting.isEmpty()) work.add(() -> start(starting));
        stage.stream().filter(c -> !(c instanceof Change.StartPod) && !(c instanceof Change.AddHost)).forEach(c -> work.add(() -> make(c)));
        Runnable all = () -> run.threads().all(work, Runnable::run);
        // Pods tell themselves what is waited for.
        if (!starting.isEmpty()) all.run();
        else run.waits().during(() -> "the API to take %s".formatted(Counted.of(work.size(), "change")), all);
        var hosts = stage.stream().filter(Change.AddHost.class::isInstance).map(h -> ((Change.AddHost) h).host()).toList();
        if (!hosts.isEmpty()) new HostsOutside(run, nodeAgents, locations).add(hosts, expected.resolvedNames());
    }

    /// The first changes are the scenario's pods: what earlier scenarios left in its namespaces goes.
    private void makeRoom(List<Change> changes) {
        var wanted = new ArrayList<Pod>();
        var used = new HashSet<String>();
        var hosts = new HashSet<String>();
        for (var change : changes) {
            if (change instanceof Change.AddHost(var host)) hosts.add(host.name());
            if (change instanceof Change.ApplyNamespace(var namespace)) used.add(namespace.name());
            if (!(change instanceof Change.StartPod(var pod))) continue;
            wanted.add(pod);
            used.add(pod.name().namespace());
        }
        run.pods().makeRoom(used, wanted, expected.namedPorts() || wanted.stream().anyMatch(PodShape::names), expected.isDisturbed());
        run.hosts().keepOnly(hosts);
    }

    private void stop(List<NamespacedName> pods) {
        live.leaving(pods);
        run.pods().stop(pods);
    }

    private void start(List<Pod> pods) {
        var firstDials = live.arriving(pods.stream().map(Pod::name).toList());
        // The nodes' agents come in the same wave; those that are there and answer stay.
        var wave = Stream.concat(nodeAgents.all().stream(), pods.stream()).toList();
        try {
            run.pods().start(wave, firstDials);
        } catch (KubernetesClientException e) {
            if (!ApiErrorText.of(e).contains(POD_SECURITY) || !admitsHostNetwork(pods)) throw e;
            run.pods().start(wave, firstDials);
        }
        run.protocols().ask(pods, nodeAgents.running());
    }

    /// Most clusters admit pods on the host's network without being told; the others want a label, which the state then shows.
    private boolean admitsHostNetwork(List<Pod> pods) {
        boolean told = false;
        for (var namespace : pods.stream().filter(Pod::hostNetwork).map(p -> p.name().namespace()).distinct().toList()) {
            if (!run.namespaces().admitHostNetwork(namespace)) continue;
            var labels = Objects.requireNonNull(state.namespaces().get(namespace)).labels();
            state = state.after(List.of(new Change.RelabelNamespace(namespace, run.namespaces().shown(namespace, labels))));
            told = true;
        }
        return told;
    }

    private void make(Change change) {
        switch (change) {
            case Change.ApplyNamespace(var namespace) -> run.namespaces().ensure(namespace);
            case Change.DeleteNamespace(var name) -> {
                live.leaving(state.pods().keySet().stream().filter(p -> p.namespace().equals(name)).toList());
                run.pods().deleteNamespace(name);
            }
            case Change.ApplyService(var service) ->
                actual.made(applier.apply(service, expected.balancedServices().contains(service.name())));
            case Change.DeleteService(var name) -> applier.deleteService(name);
            case Change.ApplyPolicy(var policy) -> applier.apply(policy);
            case Change.DeletePolicy(var name) -> applier.deletePolicy(name);
            case Change.RelabelPod(var name, var labels) -> run.pods().relabel(name, labels);
            case Change.RelabelNamespace(var name, var labels) -> run.namespaces().relabel(new Namespace(name, labels));
            case Change.StartPod _, Change.StopPod _, Change.AddHost _ ->
                throw new IllegalArgumentException("these are made together: " + change);
        }
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
        var seen = run.nodeDoubts().considered(state, prober().observe(probes, how, asked));
        if (!run.api().mayBeLate() || seen.stream().allMatch(o -> o.outcome() instanceof Outcome.ProbeFailed)) return seen;
        var late = new ArrayList<String>();
        run.api().again(() -> {
            late.clear();
            late.addAll(applier.late(state.policies().keySet()));
        });
        return late.isEmpty() ? seen : seen.stream()
            .map(o -> new Observation(o.probe(), new Outcome.ProbeFailed(String.join("; ", late)), o.at(), o.drops())).toList();
    }

    /// One for the state as it is now.
    private AgentProber prober() {
        return new AgentProber(planner(), run.clock(), run.threads(), run.deadlines().travel(), run.waits());
    }

    private ProbePlanner planner() {
        return new ProbePlanner(state, addresses, run.pods(), run.mapping(), nodeAgents.running(), run.settings().externals(), run.hosts(),
            run.names(), run.balancers());
    }

    @Override
    public void expect(Requirements requirements) {
        expected = requirements;
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
        addresses = locations.of(state);
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

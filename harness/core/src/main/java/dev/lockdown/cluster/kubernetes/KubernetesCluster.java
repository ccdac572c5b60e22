package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.EvidenceFile;
import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ChangeStages;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// What one scenario sees of a cluster behind a Kubernetes API. Closing it removes its policies and Services; its pods stay for the next.
final class KubernetesCluster implements Cluster {
    private static final String POD_SECURITY = "violates PodSecurity";

    private final ClusterRun run;
    private final Capabilities capabilities;
    private final Map<String, Pod> nodeAgents;
    private final ApiApplier applier;
    private final ActualChanges actual;
    private final ForeignObjects foreign;
    private final LiveFlows live;
    private final KubernetesDisruptions disruptions;
    private ClusterState state;
    private Addresses addresses;
    private boolean fresh = true;
    private boolean closed;

    /// @param nodeAgents the pods of agents on the nodes' own network, by the nodes' names in features; they are started with the first others
    KubernetesCluster(ClusterRun run, Capabilities capabilities, Map<String, Pod> nodeAgents) {
        this.run = run;
        this.capabilities = capabilities;
        this.nodeAgents = Map.copyOf(nodeAgents);
        applier = new ApiApplier(run.client(), run.settings().run(), run.mapping(), run.namespaces(), run.objects());
        foreign = new ForeignObjects(run);
        live = new LiveFlows(run, this::planner);
        disruptions = new KubernetesDisruptions(run, live, this::relocated);
        actual = new ActualChanges(run);
        state = run.info().state();
        addresses = located();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
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
        if (fresh) makeRoom(changes);
        fresh = false;
        Instant sent = run.clock().instant();
        try {
            for (var stage : ChangeStages.of(changes, HarnessNamespaces::contains)) make(stage);
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
        relocated();
        return new Applied(sent, run.clock().instant());
    }

    private void make(List<Change> stage) {
        switch (stage.getFirst()) {
            case Change.StopPod _ -> stop(stage.stream().map(Change.StopPod.class::cast).map(Change.StopPod::name).toList());
            case Change.ApplyNamespace _, Change.DeleteNamespace _, Change.RelabelNamespace _ -> stage.forEach(this::make);
            case Change.StartPod _, Change.RelabelPod _, Change.ApplyService _, Change.DeleteService _, Change.ApplyPolicy _, Change.DeletePolicy _, Change.AddHost _ ->
                makeTogether(stage);
        }
        state = state.after(actual.of(stage));
    }

    private void makeTogether(List<Change> stage) {
        var starting = stage.stream().filter(Change.StartPod.class::isInstance).map(c -> ((Change.StartPod) c).pod()).toList();
        var work = new ArrayList<Runnable>();
        if (!starting.isEmpty()) work.add(() -> start(starting));
        stage.stream().filter(c -> !(c instanceof Change.StartPod)).forEach(c -> work.add(() -> make(c)));
        if (work.size() == 1) work.getFirst().run();
        else run.threads().all(work, Runnable::run);
    }

    /// The first changes are the scenario's pods: what earlier scenarios left in its namespaces goes.
    private void makeRoom(List<Change> changes) {
        var wanted = new HashSet<NamespacedName>();
        var used = new HashSet<String>();
        for (var change : changes) {
            if (change instanceof Change.ApplyNamespace(var namespace)) used.add(namespace.name());
            if (!(change instanceof Change.StartPod(var pod))) continue;
            wanted.add(pod.name());
            used.add(pod.name().namespace());
        }
        run.pods().clear(used, wanted);
    }

    private void stop(List<NamespacedName> pods) {
        live.leaving(pods);
        run.pods().stop(pods);
    }

    private void start(List<Pod> pods) {
        var firstDials = live.arriving(pods.stream().map(Pod::name).toList());
        // The nodes' agents come in the same wave; those that are there and answer stay.
        var wave = Stream.concat(nodeAgents.values().stream(), pods.stream()).toList();
        try {
            run.pods().start(wave, firstDials);
        } catch (KubernetesClientException e) {
            if (!ApiErrorText.of(e).contains(POD_SECURITY) || !admitsHostNetwork(pods)) throw e;
            run.pods().start(wave, firstDials);
        }
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
            case Change.ApplyService(var service) -> actual.made(applier.apply(service));
            case Change.DeleteService(var name) -> applier.deleteService(name);
            case Change.ApplyPolicy(var policy) -> applier.apply(policy);
            case Change.DeletePolicy(var name) -> applier.deletePolicy(name);
            case Change.RelabelPod(var name, var labels) -> run.pods().relabel(name, labels);
            case Change.RelabelNamespace(var name, var labels) -> run.namespaces().relabel(new Namespace(name, labels));
            case Change.AddHost(var host) -> {
                if (DnsCache.is(host)) NodeDnsCache.require(run.client(), host);
            }
            case Change.StartPod _, Change.StopPod _ -> throw new IllegalArgumentException("pods are started and stopped together");
        }
    }

    private Addresses located() {
        return new Locations(run, applier).of(state);
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how) {
        return observe(probes, how, _ -> {});
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how, IntConsumer asked) {
        return prober().observe(probes, how, asked);
    }

    /// One for the state as it is now.
    private AgentProber prober() {
        return new AgentProber(planner(), run.clock(), run.threads(), run.deadlines().travel());
    }

    private ProbePlanner planner() {
        var onNodes = new HashMap<String, AgentPod>();
        nodeAgents.forEach((node, pod) -> {
            if (run.pods().get(pod.name()) instanceof AgentPod there) onNodes.put(node, there);
        });
        return new ProbePlanner(state, addresses, run.pods(), run.mapping(), onNodes, run.settings().externals());
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
    public int readToken(Endpoint.Pod pod) {
        return prober().tokenLength(pod.name());
    }

    @Override
    public void requirePossible(Disruption disruption) {
        try {
            disruptions.requirePossible(disruption);
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }

    @Override
    public DisruptionGuard guard(Disruption disruption, List<Change> healing) {
        return disruptions.guard(disruption, healing);
    }

    @Override
    public Disruption.Ongoing begin(ClusterDisruption disruption) {
        run.trusted().set(false);
        try {
            return disruptions.begin(disruption);
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }

    /// Pods have other addresses, or other agents.
    private void relocated() {
        addresses = located();
        live.follow();
    }

    private static ClusterException refused(KubernetesClientException e) {
        return new ClusterException(
            (e.getCode() > 0 ? "the Kubernetes API refused: " : "the Kubernetes API did not answer: ") + ApiErrorText.of(e), e);
    }

    @Override
    public void close() {
        if (!run.settings().keep()) clear();
    }

    /// Remove the policies and Services. Repeatable.
    void clear() {
        if (closed) return;
        try {
            applier.clear(run.threads());
            closed = true;
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.EvidenceFile;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.nodes.RebootedNode;
import dev.lockdown.cluster.kubernetes.system.CniManifests;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
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

/// What one scenario sees of a cluster behind a Kubernetes API. Closing it removes its policies and Services; its pods stay for the next.
final class KubernetesCluster implements Cluster {
    private final ClusterRun run;
    private final Capabilities capabilities;
    private final Map<String, AgentPod> nodeAgents;
    private final ApiApplier applier;
    private final Map<NamespacedName, Service> madeServices = new HashMap<>();
    private final ForeignObjects foreign;
    private final LiveFlows live;
    private ClusterState state;
    private Addresses addresses;
    private boolean fresh = true;
    private boolean closed;

    /// @param nodeAgents by the names that features use
    KubernetesCluster(ClusterRun run, Capabilities capabilities, Map<String, AgentPod> nodeAgents) {
        this.run = run;
        this.capabilities = capabilities;
        this.nodeAgents = new HashMap<>(nodeAgents);
        applier = new ApiApplier(run.client(), run.settings().run(), run.mapping(), run.namespaces(), run.objects());
        foreign = new ForeignObjects(run);
        live = new LiveFlows(run, this::planner);
        state = run.info().state();
        addresses = located();
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
            for (int i = 0; i < changes.size();) {
                var starting = leading(changes, i, Change.StartPod.class);
                var stopping = leading(changes, i, Change.StopPod.class);
                if (!starting.isEmpty()) start(starting.stream().map(Change.StartPod::pod).toList());
                else if (!stopping.isEmpty()) stop(stopping.stream().map(Change.StopPod::name).toList());
                else make(changes.get(i), changes);
                int done = Math.max(1, starting.size() + stopping.size());
                state = state.after(located(changes.subList(i, i + done)));
                i += done;
            }
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
        addresses = located();
        live.follow();
        return new Applied(sent, run.clock().instant());
    }

    /// Those changes from an index on that are of one kind, for which pods are started and stopped all at once.
    private static <T extends Change> List<T> leading(List<Change> changes, int from, Class<T> kind) {
        var leading = new ArrayList<T>();
        for (int i = from; i < changes.size() && kind.isInstance(changes.get(i)); i++) leading.add(kind.cast(changes.get(i)));
        return leading;
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
        for (var namespace : pods.stream().filter(Pod::hostNetwork).map(p -> p.name().namespace()).distinct().toList())
            run.namespaces().ensure(Objects.requireNonNull(state.namespaces().get(namespace)), true);
        run.pods().start(pods, live.arriving(pods.stream().map(Pod::name).toList()));
    }

    private void make(Change change, List<Change> all) {
        switch (change) {
            case Change.ApplyNamespace(var namespace) -> run.namespaces().ensure(namespace, RunNamespaces.opens(namespace.name(), all));
            case Change.DeleteNamespace(var name) -> {
                live.leaving(state.pods().keySet().stream().filter(p -> p.namespace().equals(name)).toList());
                run.pods().deleteNamespace(name);
            }
            case Change.ApplyService(var service) -> madeServices.put(service.name(), applier.apply(service));
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

    /// The same changes, with the nodes on which the pods really are, and the node ports that Services were given.
    private List<Change> located(List<Change> changes) {
        return changes.stream().map(this::located).toList();
    }

    private Change located(Change change) {
        if (change instanceof Change.StartPod(var pod) && run.pods().get(pod.name()) instanceof AgentPod there)
            return new Change.StartPod(pod.onNode(there.pod().node()));
        if (change instanceof Change.ApplyService(var service))
            return new Change.ApplyService(madeServices.getOrDefault(service.name(), service));
        return change;
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
        return new ProbePlanner(state, addresses, run.pods(), run.mapping(), nodeAgents, run.settings().externals());
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
            new KubernetesDisruptions(run).requirePossible(disruption);
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }

    @Override
    public DisruptionGuard guard(Disruption disruption, List<Change> healing) {
        return switch (disruption) {
            case ObjectDisruption object -> run.guards().guard(object, healing);
            case ClusterDisruption.CniChanged(_, var manifests, var lasting) ->
                run.guards().guard(disruption.words(), lasting, new CniManifests(run.client(), manifests).former());
            case ClusterDisruption.CniVersionChanged version -> guard(new KubernetesDisruptions(run).resolved(version), healing);
            case ClusterDisruption own -> DisruptionGuard.keepingNothing(KubernetesDisruptions.unattended(own));
        };
    }

    @Override
    public Disruption.Ongoing begin(ClusterDisruption disruption) {
        run.trusted().set(false);
        try {
            return new KubernetesDisruptions(run).begin(disruption, this::recreate, this::restart);
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }

    private Disruption.Ongoing recreate(NamespacedName pod) {
        live.leaving(List.of(pod));
        run.pods().recreate(pod);
        addresses = located();
        live.follow();
        return () -> {};
    }

    private Disruption.Ongoing restart(String node) {
        var name = run.info().named(node);
        var before = RebootedNode.before(run.client(), name, run.deadlines().pause());
        live.leaving(state.pods().values().stream().filter(p -> p.node().equals(node)).map(Pod::name).toList());
        run.maintenance().nodes().restart(name);
        return () -> {
            before.awaitReturn();
            run.pods().rejoin(node);
            nodeAgents.replaceAll((_, agent) -> Objects.requireNonNull(run.pods().get(agent.pod().name())));
            addresses = located();
            live.follow();
        };
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
            applier.clear();
            closed = true;
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.pool.PodShape;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.ChangeStages;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Counted;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Makes a scenario's changes on the cluster, and keeps the state that this has then: a pod is on the node that the scheduler chose, a Service has
/// the ports that the API gave it, a namespace the labels that the cluster demands. Used by one thread; changes that do not mind each other are
/// made on several.
final class ChangeMaker {
    private static final String POD_SECURITY = "violates PodSecurity";

    private final ClusterRun run;
    private final NodeAgents nodeAgents;
    private final ApiApplier applier;
    private final Locations locations;
    private final LiveFlows live;
    private final Map<NamespacedName, Service> services = new ConcurrentHashMap<>();
    private ClusterState state;
    private Requirements expected = Requirements.of(Needs.DEFAULT);
    private boolean fresh = true;

    ChangeMaker(ClusterRun run, NodeAgents nodeAgents, ApiApplier applier, Locations locations, LiveFlows live) {
        this.run = run;
        this.nodeAgents = nodeAgents;
        this.applier = applier;
        this.locations = locations;
        this.live = live;
        state = run.info().state();
    }

    ClusterState state() {
        return state;
    }

    /// Hear what the scenario will ask, before its first change.
    void expect(Requirements requirements) {
        expected = requirements;
    }

    /// Make the changes, those that do not mind each other at the same time.
    void make(List<Change> changes) {
        for (var stage : ChangeStages.of(changes, HarnessNamespaces::contains)) run.api().again(() -> makeStage(stage));
    }

    private void makeStage(List<Change> stage) {
        switch (stage.getFirst()) {
            case Change.StopPod _ -> stop(stage.stream().map(Change.StopPod.class::cast).map(Change.StopPod::name).toList());
            case Change.ApplyNamespace _, Change.RelabelNamespace _ -> run.threads().all(stage, this::makeOne);
            case Change.DeleteNamespace _ -> stage.forEach(this::makeOne);
            case Change.StartPod _, Change.RelabelPod _, Change.ApplyService _, Change.DeleteService _, Change.ApplyPolicy _, Change.DeletePolicy _, Change.AddHost _ ->
                makeTogether(stage);
        }
        state = state.after(stage.stream().map(this::actual).toList());
    }

    private void makeTogether(List<Change> stage) {
        var starting = stage.stream().filter(Change.StartPod.class::isInstance).map(c -> ((Change.StartPod) c).pod()).toList();
        var work = new ArrayList<Runnable>();
        if (!starting.isEmpty()) work.add(() -> start(starting));
        stage.stream().filter(c -> !(c instanceof Change.StartPod) && !(c instanceof Change.AddHost))
            .forEach(c -> work.add(() -> makeOne(c)));
        Runnable all = () -> run.threads().all(work, Runnable::run);
        // Pods tell themselves what is waited for.
        if (!starting.isEmpty()) all.run();
        else run.waits().during(() -> "the API to take %s".formatted(Counted.of(work.size(), "change")), all);
        var hosts = stage.stream().filter(Change.AddHost.class::isInstance).map(h -> ((Change.AddHost) h).host()).toList();
        if (!hosts.isEmpty()) new HostsOutside(run, nodeAgents, locations).add(hosts, expected.resolvedNames());
    }

    /// The first changes are the scenario's pods: what earlier scenarios left in its namespaces goes.
    void makeRoom(List<Change> changes) {
        if (!fresh) return;
        run.api().again(() -> {
            var beginning = Beginning.of(changes);
            run.pods().makeRoom(beginning.namespaces, beginning.pods,
                expected.namedPorts() || beginning.pods.stream().anyMatch(PodShape::names), expected.isDisturbed());
            run.hosts().keepOnly(beginning.hosts);
        });
        fresh = false;
    }

    /// What a scenario begins with.
    private record Beginning(Set<String> namespaces, List<Pod> pods, Set<String> hosts) {
        static Beginning of(List<Change> changes) {
            var beginning = new Beginning(new HashSet<>(), new ArrayList<>(), new HashSet<>());
            for (var change : changes) {
                if (change instanceof Change.AddHost(var host)) beginning.hosts.add(host.name());
                if (change instanceof Change.ApplyNamespace(var namespace)) beginning.namespaces.add(namespace.name());
                if (!(change instanceof Change.StartPod(var pod))) continue;
                beginning.pods.add(pod);
                beginning.namespaces.add(pod.name().namespace());
            }
            return beginning;
        }
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

    private void makeOne(Change change) {
        switch (change) {
            case Change.ApplyNamespace(var namespace) -> run.namespaces().ensure(namespace);
            case Change.DeleteNamespace(var name) -> {
                live.leaving(state.pods().keySet().stream().filter(p -> p.namespace().equals(name)).toList());
                run.pods().deleteNamespace(name);
            }
            case Change.ApplyService(var service) ->
                made(applier.apply(service, expected.balancedServices().contains(service.name())));
            case Change.DeleteService(var name) -> applier.deleteService(name);
            case Change.ApplyPolicy(var policy) -> applier.apply(policy);
            case Change.DeletePolicy(var name) -> applier.deletePolicy(name);
            case Change.RelabelPod(var name, var labels) -> run.pods().relabel(name, labels);
            case Change.RelabelNamespace(var name, var labels) -> run.namespaces().relabel(new Namespace(name, labels));
            case Change.StartPod _, Change.StopPod _, Change.AddHost _ ->
                throw new IllegalArgumentException("these are made together: " + change);
        }
    }

    /// Take note of a Service as the cluster has it.
    private void made(Service service) {
        services.put(service.name(), service);
    }

    private Change actual(Change wanted) {
        if (wanted instanceof Change.StartPod(var pod) && run.pods().get(pod.name()) instanceof AgentPod there)
            return new Change.StartPod(pod.onNode(there.pod().node()));
        if (wanted instanceof Change.ApplyService(var service))
            return new Change.ApplyService(services.getOrDefault(service.name(), service));
        if (wanted instanceof Change.ApplyNamespace(var namespace))
            return new Change.ApplyNamespace(new Namespace(namespace.name(), run.namespaces().shown(namespace.name(), namespace.labels())));
        if (wanted instanceof Change.RelabelNamespace(var name, var labels))
            return new Change.RelabelNamespace(name, run.namespaces().shown(name, labels));
        return wanted;
    }
}

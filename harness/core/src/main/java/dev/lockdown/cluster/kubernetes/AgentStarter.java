package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import java.util.stream.Stream;
import java.util.Set;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.cluster.kubernetes.nodes.NodeDoubts;
import dev.lockdown.cluster.kubernetes.nodes.NodeConditions;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.PodStreams;
import dev.lockdown.cluster.kubernetes.agent.PodTrouble;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.cluster.kubernetes.pool.IdleStarter;
import dev.lockdown.cluster.kubernetes.pool.PodNames;
import dev.lockdown.cluster.kubernetes.pool.PodObjects;
import dev.lockdown.cluster.kubernetes.pool.PodView;
import dev.lockdown.cluster.kubernetes.pool.VanishedPods;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.pod.HarnessEnd;
import dev.lockdown.pod.Served;
import dev.lockdown.state.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import java.util.stream.Collectors;

/// Brings pods to the point where their agents answer: creates them, waits until they run, and attaches to each.
final class AgentStarter implements IdleStarter.Steps {
    private final KubernetesClient client;
    private final String run;
    private final Deadlines deadlines;
    private final Polling polling;
    private final Polling brisk;
    private final PodView view;
    private final NamespaceMapping mapping;
    private final PodNames names;
    private final PodSpecs specs;
    private final RunObjects objects;
    private final Threads threads;
    private final AgentCalls calls;
    private final Map<String, String> nodeNames;
    private final Map<String, String> nodeAliases = new HashMap<>();
    private final NodeDoubts doubts;

    /// @param nodeNames the nodes' names in the cluster, by those that features use
    AgentStarter(KubernetesClient client, Settings settings, Deadlines deadlines, NamespaceMapping mapping, PodNames names,
            PodView view, RunObjects objects, Threads threads, AgentCalls calls, Map<String, String> nodeNames, Waits waits) {
        this.client = client;
        run = settings.run();
        this.deadlines = deadlines;
        polling = new Polling(deadlines.pause()).telling(waits);
        brisk = new Polling(PodView.LOOK).telling(waits);
        this.view = view;
        this.mapping = mapping;
        this.names = names;
        specs = new PodSpecs(new ApiObjects(run, mapping), settings.agentImage());
        this.objects = objects;
        this.threads = threads;
        this.calls = calls;
        this.nodeNames = Map.copyOf(nodeNames);
        nodeNames.forEach((alias, name) -> nodeAliases.put(name, alias));
        doubts = new NodeDoubts(new NodeConditions(client), nodeNames, new Endpoint.Service(ClusterInfo.DNS));
    }

    /// A pod as it is created.
    io.fabric8.kubernetes.api.model.Pod spec(Pod pod) {
        return spec(pod, List.of());
    }

    private io.fabric8.kubernetes.api.model.Pod spec(Pod pod, Collection<String> firstDials) {
        var spec = specs.of(pod, pod.node().isEmpty() ? null : nodeNames.get(pod.node()), firstDials);
        var object = names.of(pod.name());
        spec.getMetadata().setName(object.name());
        if (!object.name().equals(pod.name().name()) && !PodNames.isUnnamed(pod.name()))
            spec.getMetadata().getAnnotations().put(PodObjects.SHOWN, pod.name().toString());
        return spec;
    }

    @Override
    public void create(Pod pod) {
        create(pod, List.of(), Set.of());
    }

    /// @param addresses that the pod shall have, where the network plugin can be asked for some (Calico); else empty
    /// @param firstDials see [PodSpecs#of]
    void create(Pod pod, List<InetAddress> addresses, Collection<String> firstDials) {
        var spec = spec(pod, firstDials);
        if (!addresses.isEmpty())
            spec.getMetadata().getAnnotations().put("cni.projectcalico.org/ipAddrs",
                addresses.stream().map(a -> "\"%s\"".formatted(a.getHostAddress())).collect(Collectors.joining(",", "[", "]")));
        // The namespace's service account is made by a controller, some time after the namespace.
        var _ = polling.require(deadlines.account(), () -> missingAccount(spec), Optional::isEmpty, last -> last.value().orElseThrow(),
            _ -> "the service account of namespace " + spec.getMetadata().getNamespace());
    }

    /// @return why the pod could not be created yet
    private Optional<KubernetesClientException> missingAccount(io.fabric8.kubernetes.api.model.Pod spec) {
        var metadata = spec.getMetadata();
        try {
            objects.create(spec, () -> client.pods().inNamespace(metadata.getNamespace()).withName(metadata.getName()).get());
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (String.valueOf(e.getMessage()).contains("serviceaccount")) return Optional.of(e);
            throw e;
        }
    }

    /// Wait until nodes are Ready, though not for long: pods there neither start nor can be asked before.
    ///
    /// @param nodes by the names that features use
    void requireReady(List<String> nodes) {
        var _ = polling.require(deadlines.account(), () -> doubts.troubles(nodes.stream()), String::isEmpty,
            last -> new ClusterException("%s; the scenario has pods there".formatted(last.value()), null),
            trouble -> "a node to be Ready: " + trouble);
    }

    /// What is the matter with nodes, to be said behind something else; empty where they are Ready.
    String trouble(Stream<String> nodes) {
        var trouble = doubts.troubles(nodes);
        return trouble.isEmpty() ? "" : "; " + trouble;
    }

    /// Those of some pods that are there and have not ended.
    ///
    /// @param namespaces where they are, as features name them
    /// @return their identifiers
    Set<String> alive(Collection<String> namespaces) {
        return listed(namespaces).stream()
            .filter(p -> !List.of("Failed", "Succeeded").contains(String.valueOf(p.getStatus().getPhase())))
            .map(p -> p.getMetadata().getUid()).collect(Collectors.toSet());
    }

    /// Wait until all of these pods run.
    ///
    /// @param each is told of one as soon as it does, on the calling thread
    @Override
    public void running(List<Pod> awaited, BiConsumer<Pod, io.fabric8.kubernetes.api.model.Pod> each) {
        var told = new HashSet<NamespacedName>();
        var vanished = new VanishedPods(client);
        var _ = brisk.require(deadlines.starting(), () -> seen(awaited), seen -> {
            for (var pod : awaited)
                if (vanished.isGone(names.of(pod.name()), seen.containsKey(pod.name())))
                    throw new ClusterException("pod %s was evicted or deleted while it started".formatted(pod.name()), null);
            boolean all = allRun(awaited, seen);
            for (var pod : awaited)
                if (seen.get(pod.name()) instanceof io.fabric8.kubernetes.api.model.Pod there && isRunning(there) && told.add(pod.name()))
                    each.accept(pod, there);
            return all;
        }, last -> late(awaited, last.value()), seen -> starting(awaited, seen));
    }

    private static String starting(List<Pod> awaited, Map<NamespacedName, io.fabric8.kubernetes.api.model.Pod> seen) {
        var late = notRunning(awaited, seen);
        var there = seen.get(late.getFirst().name());
        return "%s of %s pods to start, the first of them %s: %s".formatted(late.size(), awaited.size(), late.getFirst().name(),
            there == null ? "it is gone" : PodTrouble.state(there));
    }

    private static boolean allRun(List<Pod> awaited, Map<NamespacedName, io.fabric8.kubernetes.api.model.Pod> seen) {
        for (var pod : awaited) {
            var there = seen.get(pod.name());
            if (there == null) return false;
            var why = PodTrouble.hopeless(there);
            if (why != null) throw new ClusterException("pod %s cannot start: %s".formatted(pod.name(), why), null);
            if (!isRunning(there)) return false;
        }
        return true;
    }

    private ClusterException late(List<Pod> awaited, Map<NamespacedName, io.fabric8.kubernetes.api.model.Pod> seen) {
        var late = notRunning(awaited, seen);
        var first = late.getFirst().name();
        var there = seen.get(first);
        return new ClusterException("%s of %s pods did not start within %s s; %s: %s%s".formatted(late.size(), awaited.size(),
            deadlines.starting().toSeconds(), first, there == null ? "it is gone" : new PodTrouble(client).waitingFor(there),
            trouble(late.stream().map(p -> node(p, seen.get(p.name()))))), null);
    }

    private String node(Pod asked, io.fabric8.kubernetes.api.model.@Nullable Pod there) {
        var name = there == null ? null : there.getSpec().getNodeName();
        return name == null ? asked.node() : nodeAliases.getOrDefault(name, name);
    }

    private static List<Pod> notRunning(List<Pod> awaited, Map<NamespacedName, io.fabric8.kubernetes.api.model.Pod> seen) {
        return awaited.stream().filter(p -> !seen.containsKey(p.name()) || !isRunning(seen.get(p.name()))).toList();
    }

    private static boolean isRunning(io.fabric8.kubernetes.api.model.Pod pod) {
        return pod.getStatus().getPodIP() != null && !pod.getStatus().getContainerStatuses().isEmpty()
            && pod.getStatus().getContainerStatuses().stream().allMatch(c -> c.getState().getRunning() != null);
    }

    private Map<NamespacedName, io.fabric8.kubernetes.api.model.Pod> seen(List<Pod> awaited) {
        var there = view.there(awaited.stream().map(p -> mapping.namespace(p.name().namespace())).toList());
        var seen = new HashMap<NamespacedName, io.fabric8.kubernetes.api.model.Pod>();
        for (var pod : awaited)
            if (there.get(names.of(pod.name())) instanceof io.fabric8.kubernetes.api.model.Pod object) seen.put(pod.name(), object);
        return seen;
    }

    /// The run's pods as they are at this very time, without those on their way out.
    private List<io.fabric8.kubernetes.api.model.Pod> listed(Collection<String> namespaces) {
        return namespaces.stream().map(mapping::namespace).distinct()
            .flatMap(n -> client.pods().inNamespace(n).withLabel(ApiObjects.RUN, run).list().getItems().stream())
            .filter(p -> p.getMetadata().getDeletionTimestamp() == null).toList();
    }

    /// Attach to a running pod, and wait for its agent's first word.
    @Override
    public AgentPod attach(Pod asked, io.fabric8.kubernetes.api.model.Pod there) {
        var object = names.of(asked.name());
        var link = threads.lookAfter(new AgentLink(new PodStreams(client, object), run, deadlines.silence(), threads.executor()));
        link.beat();
        var node = node(asked, there);
        try {
            welcome(asked, there, link);
            if (!asked.node().isEmpty() && !asked.node().equals(node))
                throw new ClusterException("pod %s runs on %s, not on %s".formatted(asked.name(), node, asked.node()), null);
        } catch (ClusterException e) {
            threads.release(link);
            throw e;
        }
        return new AgentPod(asked.onNode(node), asked, new AgentPod.Made(object, there.getMetadata().getUid(), asked),
            there.getStatus().getPodIPs().stream().map(ip -> InetAddress.ofLiteral(ip.getIp())).toList(), link);
    }

    private static boolean plays(Pod asked, HarnessEnd.Welcome welcome) {
        var told = new HashSet<>(welcome.served().serves());
        told.addAll(welcome.served().problems().keySet());
        return welcome.identity().equals(asked.name().toString())
            && told.equals(AgentPod.ports(asked).stream().map(Port::toString).collect(Collectors.toSet()));
    }

    /// The process of a pod that was taken over knows only what it was at first.
    private Served become(Pod asked, AgentLink link) {
        return switch (calls.await(link.become(asked.name().toString(), AgentPod.ports(asked)), deadlines.answering())) {
            case AgentResponse.Became(_, var served) -> served;
            case AgentResponse other ->
                throw new ClusterException("the agent of %s is not what it should be: %s".formatted(asked.name(), AgentCalls.cause(other)),
                    null);
        };
    }

    private void welcome(Pod asked, io.fabric8.kubernetes.api.model.Pod there, AgentLink link) {
        try {
            var welcome = link.welcomed().get(deadlines.answering().toMillis(), TimeUnit.MILLISECONDS);
            var served = plays(asked, welcome) ? welcome.served() : become(asked, link);
            if (!served.failures().isEmpty())
                throw new ClusterException("pod %s cannot serve %s".formatted(asked.name(), served.failures()), null);
        } catch (TimeoutException e) {
            var trouble = new PodTrouble(client);
            throw new ClusterException("the agent of %s did not answer within %s s: %s %s%s".formatted(asked.name(),
                deadlines.answering().toSeconds(), trouble.waitingFor(there), trouble.lastWords(there),
                trouble(Stream.of(node(asked, there)))),
                e);
        } catch (ExecutionException e) {
            throw new ClusterException(e.getCause() == null ? e.toString() : String.valueOf(e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }
}

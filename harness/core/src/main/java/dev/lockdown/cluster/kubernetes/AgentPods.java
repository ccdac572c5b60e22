package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.state.Counted;
import dev.lockdown.state.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The pods of a run, each with an agent that answers. They outlive their scenario: the next one of the same Background finds them there.
///
/// Used by one thread at a time, but for [#close].
final class AgentPods implements AutoCloseable {
    /// More than this stay only as long as their scenario.
    private static final int MOST_IDLE = 60;

    private final KubernetesClient client;
    private final NamespaceMapping mapping;
    private final RunNamespaces namespaces;
    private final AgentStarter starter;
    private final Threads threads;
    private final Waits waits;
    private final Polling polling;
    private final Duration going;
    private final Map<NamespacedName, AgentPod> pods = new ConcurrentHashMap<>();

    AgentPods(KubernetesClient client, NamespaceMapping mapping, RunNamespaces namespaces, AgentStarter starter, Threads threads,
            Deadlines deadlines, Waits waits) {
        this.client = client;
        this.mapping = mapping;
        this.namespaces = namespaces;
        this.starter = starter;
        this.threads = threads;
        this.waits = waits;
        polling = new Polling(deadlines.pause()).telling(waits);
        going = deadlines.going();
    }

    @Nullable AgentPod get(NamespacedName pod) {
        return pods.get(pod);
    }

    /// Where the image of the agents has a program, as one of them says; empty where none of them can be asked.
    String program(String name, AgentCalls calls) {
        return pods.values().stream().filter(p -> !p.link().isLost()).findFirst()
            .map(p -> calls.call(p.link(), id -> new AgentRequest.Find(id, name), Duration.ZERO))
            .map(r -> r instanceof AgentResponse.Found(_, var path) ? path : "").orElse("");
    }

    /// A pod as it is created.
    io.fabric8.kubernetes.api.model.Pod spec(Pod pod) {
        return starter.spec(pod);
    }

    /// Have these pods run, and their agents answer; those that are there already are taken as they are, with the labels now wanted.
    void start(List<Pod> wanted) {
        start(wanted, Map.of());
    }

    /// @param firstDials whom a shell in some of them dials until their agents can, see [PodSpecs#of]
    void start(List<Pod> wanted, Map<NamespacedName, Set<String>> firstDials) {
        var kept = wanted.stream().filter(p -> pods.containsKey(p.name())).toList();
        starter
            .requireReady(wanted.stream().map(p -> pods.get(p.name()) instanceof AgentPod there ? there.pod().node() : p.node()).toList());
        // A stream that still stands says little: pods are deleted and evicted meanwhile.
        var alive = starter.alive(kept);
        var fresh = new ArrayList<Pod>();
        var unfit = new ArrayList<NamespacedName>();
        for (var pod : wanted) {
            var there = pods.get(pod.name());
            if (there == null) fresh.add(pod);
            else if (!there.isFitFor(pod) || !alive.contains(there.uid())) {
                unfit.add(pod.name());
                fresh.add(pod);
            } else if (!there.pod().labels().equals(pod.labels())) relabel(pod.name(), pod.labels());
        }
        stop(unfit);
        try {
            waits.during(() -> "the API to take %s".formatted(Counted.of(fresh.size(), "pod")), () -> threads.all(fresh,
                pod -> starter.create(pod, List.of(), firstDials.getOrDefault(pod.name(), Set.of()))));
            attach(fresh);
        } catch (RuntimeException e) {
            stopAfter(e, fresh);
            throw e;
        }
    }

    /// Each as soon as it runs, while others still start.
    private void attach(List<Pod> created) {
        var silent = ConcurrentHashMap.<NamespacedName>newKeySet();
        created.forEach(pod -> silent.add(pod.name()));
        var attaching = new ArrayList<Future<?>>();
        RuntimeException failure = null;
        try {
            starter.running(created, (pod, there) -> attaching.add(threads.executor().submit(() -> {
                pods.put(pod.name(), starter.attach(pod, there));
                silent.remove(pod.name());
            })));
        } catch (RuntimeException e) {
            failure = e;
        }
        // Those that are being attached to must be known before anything is stopped.
        var failed = new AtomicReference<@Nullable RuntimeException>();
        waits.during(() -> awaited(silent), () -> failed.set(Threads.failure(attaching)));
        throwWorst(failure, failed.get());
    }

    private static void throwWorst(@Nullable RuntimeException first, @Nullable RuntimeException second) {
        if (first != null && second != null) first.addSuppressed(second);
        if (first != null) throw first;
        if (second != null) throw second;
    }

    private static String awaited(Set<NamespacedName> silent) {
        return "%s to answer%s".formatted(Counted.of(silent.size(), "agent"),
            silent.stream().sorted().findFirst().map(", the first of them that of %s"::formatted).orElse(""));
    }

    /// None stays that nobody knows of: it would keep its labels, and its name from the next.
    private void stopAfter(RuntimeException failure, List<Pod> begun) {
        try {
            stop(begun.stream().map(Pod::name).toList());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /// Delete a pod and make it anew on its node, with its address.
    ///
    /// @throws UnsupportedException if the cluster gave it another address
    void recreate(NamespacedName name) {
        var before = Objects.requireNonNull(pods.get(name));
        stop(List.of(name));
        starter.create(before.pod(), before.addresses(), Set.of());
        attach(List.of(before.pod()));
        var after = Objects.requireNonNull(pods.get(name)).addresses();
        if (!after.equals(before.addresses()))
            throw new UnsupportedException(
                "this cluster gave pod %s the address %s in place of %s: its network plugin cannot be asked for one".formatted(
                    name, after, before.addresses()));
    }

    /// Attach anew to the pods on a node that has restarted: their containers are others, and so may be their addresses. Those that did not
    /// come back are made anew.
    ///
    /// @param node by the name that features use
    void rejoin(String node) {
        var before = pods.values().stream().filter(p -> p.pod().node().equals(node)).toList();
        before.forEach(p -> threads.release(p.link()));
        threads.all(before.stream().filter(p -> !isThere(p)).toList(), p -> starter.create(p.pod(), List.of(), Set.of()));
        attach(before.stream().map(p -> p.asked().withLabels(p.pod().labels())).toList());
    }

    /// The pods on a node.
    List<NamespacedName> on(String node) {
        return pods.values().stream().map(AgentPod::pod).filter(p -> p.node().equals(node)).map(Pod::name).toList();
    }

    private boolean isThere(AgentPod pod) {
        var there = resource(pod.pod().name()).get();
        return there != null && there.getMetadata().getUid().equals(pod.uid());
    }

    /// Give a pod these labels instead of its own.
    void relabel(NamespacedName pod, Map<String, String> labels) {
        var current = Objects.requireNonNull(pods.get(pod));
        var patch = new LinkedHashMap<String, @Nullable String>(labels);
        current.pod().labels().keySet().forEach(k -> patch.putIfAbsent(k, null));
        ApiObjects.patchLabels(resource(pod), patch);
        pods.put(pod, current.labelled(labels));
    }

    /// Stop these pods and wait until they are gone.
    void stop(List<NamespacedName> leaving) {
        var nodes = leaving.stream().map(pods::get).filter(Objects::nonNull).map(p -> p.pod().node()).toList();
        threads.all(leaving, name -> {
            var pod = pods.remove(name);
            if (pod != null) threads.release(pod.link());
            resource(name).withGracePeriod(1).delete();
        });
        var _ = polling.require(going, () -> leaving.stream().filter(p -> resource(p).get() != null).toList(), List::isEmpty,
            last -> new ClusterException("pod %s is still there %s s after it was deleted%s".formatted(last.value().getFirst(),
                going.toSeconds(), starter.trouble(nodes.stream())), null),
            left -> "%s, the first of them %s, to be gone".formatted(Counted.of(left.size(), "stopped pod"), left.getFirst()));
    }

    private PodResource resource(NamespacedName pod) {
        return client.pods().inNamespace(mapping.namespace(pod.namespace())).withName(pod.name());
    }

    /// Delete a namespace with its pods, and wait until it is gone.
    void deleteNamespace(String namespace) {
        release(List.of(namespace));
        namespaces.delete(namespace);
    }

    private void release(Collection<String> leaving) {
        pods.entrySet().removeIf(e -> {
            if (!leaving.contains(e.getKey().namespace())) return false;
            threads.release(e.getValue().link());
            return true;
        });
    }

    /// Make room for a scenario with these pods: its namespaces shall have no other pods than these, and others only few. Namespaces that
    /// are not used lose their labels, or go meanwhile; one whose name is used again is waited for then.
    ///
    /// @param used the scenario's namespaces
    void clear(Set<String> used, Set<NamespacedName> wanted) {
        stop(pods.keySet().stream().filter(p -> used.contains(p.namespace()) && !wanted.contains(p)).toList());
        long fresh = wanted.stream().filter(p -> !pods.containsKey(p)).count();
        var idle = namespaces.idle(used);
        if (fresh == 0 || pods.size() + fresh <= MOST_IDLE) {
            threads.all(namespaces.stripped(idle).entrySet(), e -> namespaces.patch(e.getKey(), e.getValue()));
            return;
        }
        release(idle);
        threads.all(namespaces.leaving(idle), namespaces::beginDeleting);
    }

    /// Let go of the agents; their pods stay.
    @Override
    public void close() {
        pods.values().forEach(p -> threads.release(p.link()));
    }
}

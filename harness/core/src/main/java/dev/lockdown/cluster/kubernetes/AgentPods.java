package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.cluster.kubernetes.pool.Casting;
import dev.lockdown.cluster.kubernetes.pool.IdleStarter;
import dev.lockdown.cluster.kubernetes.pool.LeavingPods;
import dev.lockdown.cluster.kubernetes.pool.PodNames;
import dev.lockdown.cluster.kubernetes.pool.PodObjects;
import dev.lockdown.cluster.kubernetes.pool.PodShape;
import dev.lockdown.cluster.kubernetes.pool.PodsAhead;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.state.Counted;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The pods of a run, each with an agent that answers. They outlive their scenario: the next one takes those of its pods' names that will
/// do, then those of the same shape that nobody plays ([Casting]), and has only the rest created.
///
/// Used by one thread at a time, but for [#close].
final class AgentPods implements AutoCloseable {
    /// More than this stay only as long as their scenario.
    private static final int MOST_IDLE = 60;
    /// So long are pods waited for that were begun ahead; those that are not there by then are given up.
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final PodNames names;
    private final RunNamespaces namespaces;
    private final AgentStarter starter;
    private final Threads threads;
    private final Waits waits;
    private final PodObjects objects;
    private final Casting casting;
    private final PodsAhead ahead;
    private final LeavingPods leaving;
    private final Map<NamespacedName, AgentPod> pods = new ConcurrentHashMap<>();
    private Set<String> namespacesWithNamedPorts = Set.of();

    /// @param names of pods in the cluster
    /// @param quiet starts pods of which nobody hears
    AgentPods(PodObjects objects, PodNames names, RunNamespaces namespaces, AgentStarter starter, AgentStarter quiet, Threads threads,
            AgentCalls calls, Waits waits) {
        this.objects = objects;
        this.names = names;
        this.namespaces = namespaces;
        this.starter = starter;
        this.threads = threads;
        this.waits = waits;
        leaving = new LeavingPods(names, objects, nodes -> starter.trouble(nodes.stream()));
        casting = new Casting(names, objects, calls, threads);
        ahead = new PodsAhead(threads, new IdleStarter(names, namespaces::ensureThere, quiet, threads, objects, casting)::start);
    }

    @Nullable AgentPod get(NamespacedName pod) {
        return pods.get(pod);
    }

    /// What a pod is called in the cluster, or will be.
    NamespacedName object(NamespacedName pod) {
        return names.of(pod);
    }

    /// What pods are called in the cluster that are not called so in their features.
    Map<NamespacedName, String> differing() {
        return names.differing();
    }

    /// Where the image of the agents has a program, as one of them says; empty where none of them can be asked.
    String program(String name, AgentCalls calling) {
        return pods.values().stream().filter(p -> !p.link().isLost()).findFirst()
            .map(p -> calling.call(p.link(), id -> new AgentRequest.Find(id, name), Duration.ZERO))
            .map(r -> r instanceof AgentResponse.Found(_, var path) ? path : "").orElse("");
    }

    /// A pod as it is created.
    io.fabric8.kubernetes.api.model.Pod spec(Pod pod) {
        return starter.spec(pod);
    }

    /// Have these pods run, and their agents answer: those that are there, or were chosen for them, with the labels now wanted.
    ///
    /// @param firstDials whom a shell in some of them dials until their agents can, see [PodSpecs#of]
    void start(List<Pod> wanted, Map<NamespacedName, Set<String>> firstDials) {
        var there = new LinkedHashMap<Pod, AgentPod>();
        for (var pod : wanted) {
            var own = pods.get(pod.name());
            if ((own != null ? own : casting.chosen(pod.name())) instanceof AgentPod playing) there.put(pod, playing);
        }
        starter.requireReady(wanted.stream().map(p -> there.get(p) instanceof AgentPod at ? at.pod().node() : p.node()).toList());
        // A stream that still stands says little: pods are deleted and evicted meanwhile.
        var alive = starter.alive(there.keySet().stream().map(p -> p.name().namespace()).distinct().toList());
        var unfit = Collections.synchronizedList(new ArrayList<AgentPod>());
        threads.all(there.entrySet(), e -> {
            var playing = alive.contains(e.getValue().made().uid()) ? casting.play(e.getValue(), e.getKey()) : null;
            if (playing == null) unfit.add(e.getValue());
            else pods.put(e.getKey().name(), playing);
        });
        pods.values().removeAll(unfit);
        leaving.add(unfit);
        var fresh = wanted.stream().filter(p -> !pods.containsKey(p.name())).toList();
        try {
            waits.during(() -> "the API to take %s".formatted(Counted.of(fresh.size(), "pod")), () -> threads.all(fresh,
                pod -> starter.create(pod, List.of(), firstDials.getOrDefault(pod.name(), Set.of()))));
            attach(fresh);
        } catch (RuntimeException e) {
            stopAfter(e, fresh);
            throw e;
        }
        leaving.await();
    }

    /// Each as soon as it runs, while others still start.
    private void attach(List<Pod> created) {
        var silent = ConcurrentHashMap.<NamespacedName>newKeySet();
        created.forEach(pod -> silent.add(pod.name()));
        var attaching = new ArrayList<Future<?>>();
        RuntimeException failure = null;
        try {
            starter.running(created, (pod, there) -> attaching.add(threads.executor().submit(() -> {
                var attached = starter.attach(pod, there);
                pods.compute(pod.name(), (_, before) -> attached.after(before));
                silent.remove(pod.name());
            })));
        } catch (RuntimeException e) {
            failure = e;
        }
        // Those that are being attached to must be known before anything is stopped.
        var failed = new AtomicReference<@Nullable RuntimeException>();
        waits.during(() -> awaited(silent), () -> failed.set(Threads.failure(attaching)));
        var second = failed.get();
        if (failure != null && second != null) failure.addSuppressed(second);
        if (failure != null) throw failure;
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
        casting.giveUp(p -> p.pod().node().equals(node)).forEach(objects::goes);
        threads.all(before.stream().filter(p -> !objects.isThere(p)).toList(), p -> starter.create(p.pod(), List.of(), Set.of()));
        attach(before.stream().map(p -> p.asked().withLabels(p.pod().labels())).toList());
    }

    /// The pods on a node.
    List<NamespacedName> on(String node) {
        return pods.values().stream().map(AgentPod::pod).filter(p -> p.node().equals(node)).map(Pod::name).toList();
    }

    /// Give a pod these labels instead of its own.
    void relabel(NamespacedName pod, Map<String, String> labels) {
        var current = Objects.requireNonNull(pods.get(pod));
        if (!objects.label(current, labels, pod)) throw new ClusterException("the pod %s is gone".formatted(pod), null);
        pods.put(pod, current.labelled(labels));
    }

    /// Stop these pods and wait until they are gone.
    void stop(List<NamespacedName> leaving) {
        var nodes = leaving.stream().map(pods::get).filter(Objects::nonNull).map(p -> p.pod().node()).toList();
        threads.all(leaving, name -> {
            var pod = pods.remove(name);
            if (pod != null) threads.release(pod.link());
            objects.delete(names.of(name));
        });
        objects.awaitGone(leaving.stream().map(names::of).toList(), nodes, n -> starter.trouble(n.stream()));
    }

    /// Delete a namespace with its pods, and wait until it is gone.
    void deleteNamespace(String namespace) {
        release(List.of(namespace));
        namespaces.delete(namespace);
        names.forget(namespace);
    }

    private void release(Collection<String> leaving) {
        pods.entrySet().removeIf(e -> {
            if (!leaving.contains(e.getKey().namespace())) return false;
            threads.release(e.getValue().link());
            return true;
        });
        casting.giveUp(p -> leaving.contains(p.pod().name().namespace())).forEach(p -> threads.release(p.link()));
    }

    /// Make room for a scenario. Pods of its namespaces that it has no part for become idle: without labels by which anybody could mean them,
    /// and serving nothing. Namespaces that are not used lose their labels. Where there are too many pods, unused namespaces go meanwhile, and
    /// idle pods; a namespace whose name is used again is waited for then.
    ///
    /// @param used the scenario's namespaces
    /// @param wanted the pods that it begins with
    /// @param named whether any of its pods gives a port a name; then its namespaces have no other pods that declare ports
    /// @param disturbed whether pods that start meanwhile would disturb it
    void makeRoom(Set<String> used, List<Pod> wanted, boolean named, boolean disturbed) {
        // Those that are begun ahead are of no use to a scenario that has all its pods.
        if (named || disturbed || !PodsAhead.canBegin(new PodsAhead.Wanted(wanted, false), running()))
            waits.during(() -> "pods that were begun ahead", () -> ahead.settle(SETTLING));
        namespacesWithNamedPorts = named ? Set.copyOf(used) : Set.of();
        var parts = wanted.stream().map(Pod::name).collect(Collectors.toSet());
        var unused = namespaces.idle(used);
        pods.values().stream().filter(p -> !parts.contains(p.pod().name()))
            .filter(p -> used.contains(p.pod().name().namespace()) || p.pod().hostNetwork() && unused.contains(p.pod().name().namespace()))
            .toList().forEach(pod -> {
                pods.remove(pod.pod().name());
                casting.add(pod);
            });
        names.keepOnly(pods.keySet());
        var going = new ArrayList<>(casting.choose(wanted.stream().filter(p -> !pods.containsKey(p.name())).toList(), named));
        if (named) going.addAll(casting.giveUp(p -> used.contains(p.pod().name().namespace()) && PodShape.declares(p.made().pod())));
        leaving.add(going);
        casting.rest();
        long fresh = wanted.stream().filter(p -> !pods.containsKey(p.name()) && casting.chosen(p.name()) == null).count();
        if (fresh == 0 || excess(fresh) <= 0) {
            threads.all(namespaces.stripped(unused).entrySet(), e -> namespaces.patch(e.getKey(), e.getValue()));
            return;
        }
        release(unused);
        threads.all(namespaces.leaving(unused), namespaces::beginDeleting);
        unused.forEach(names::forget);
        casting.all().stream().limit(Math.max(0, excess(fresh))).forEach(p -> casting.giveUp(p::equals).forEach(objects::goes));
    }

    /// Begin to start what the next scenarios will need and no running pod can play; meanwhile this one goes on.
    void foresee(List<PodsAhead.Wanted> next) {
        var possible = next.stream().map(w -> new PodsAhead.Wanted(w.pods().stream().filter(this::mayComeEarly).toList(), w.named()));
        ahead.begin(possible.toList(), running(), (int) -excess(0));
    }

    private List<AgentPod> running() {
        var there = new ArrayList<>(pods.values());
        there.addAll(casting.all());
        return there;
    }

    private boolean mayComeEarly(Pod pod) {
        return !pod.hostNetwork() && !namespacesWithNamedPorts.contains(pod.name().namespace())
            && namespaces.isOwn(pod.name().namespace());
    }

    private long excess(long fresh) {
        return pods.size() + casting.size() + fresh - MOST_IDLE;
    }

    /// Let go of the agents; their pods stay.
    @Override
    public void close() {
        ahead.close();
        pods.values().forEach(p -> threads.release(p.link()));
        casting.all().forEach(p -> threads.release(p.link()));
    }
}

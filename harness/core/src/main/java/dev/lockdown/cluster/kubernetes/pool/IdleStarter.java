package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Starts pods that play none: without labels, in namespaces without labels, and serving nothing as soon as their agents can be told.
///
/// @param namespaces makes sure that one is there, by the name that features use
/// @param starter of which nobody hears
public record IdleStarter(PodNames names, Consumer<String> namespaces, Steps starter, Threads threads, PodObjects objects,
        Casting casting) {

    /// What is done to a pod until its agent answers.
    public interface Steps {
        void create(Pod pod);

        /// Wait until all run.
        ///
        /// @param each is told of one as soon as it does, on the calling thread
        void running(List<Pod> awaited, BiConsumer<Pod, io.fabric8.kubernetes.api.model.Pod> each);

        AgentPod attach(Pod asked, io.fabric8.kubernetes.api.model.Pod there);
    }

    /// Start some, and add them to the idle ones when their agents answer. What does not come to that goes again, without a word: whoever needs
    /// it starts it again.
    public void start(List<Pod> like) {
        var wanted = new LinkedHashMap<Pod, NamespacedName>();
        for (var pod : like) {
            var unnamed = names.unnamed(pod.name());
            wanted.put(new Pod(unnamed, Map.of(), pod.ports(), pod.node(), false), names.of(unnamed));
        }
        var batch = new Batch(wanted);
        try {
            like.stream().map(p -> p.name().namespace()).distinct().forEach(namespaces);
            threads.all(wanted.keySet(), starter::create);
            var attaching = new ArrayList<Future<?>>();
            starter.running(List.copyOf(wanted.keySet()),
                (pod, there) -> attaching.add(threads.executor().submit(() -> batch.attached(pod, starter.attach(pod, there)))));
            var failure = Threads.failure(attaching);
            if (failure != null) throw failure;
        } catch (RuntimeException e) {
            // Whoever needs them tells why they cannot be.
        } finally {
            batch.end();
        }
    }

    /// Some that are started together. They keep the names by which they are awaited until all of them are there, or are given up.
    private final class Batch {
        private final Map<Pod, NamespacedName> missing; // guarded by this
        private final List<AgentPod> attached = new ArrayList<>(); // guarded by this
        private boolean over; // guarded by this

        Batch(Map<Pod, NamespacedName> wanted) {
            missing = new LinkedHashMap<>(wanted);
        }

        synchronized void attached(Pod pod, AgentPod there) {
            if (over) objects.goes(there);
            else if (missing.remove(pod) != null) attached.add(there);
        }

        synchronized void end() {
            over = true;
            missing.values().forEach(object -> {
                names.playsNone(object);
                objects.goes(object);
            });
            attached.forEach(casting::addNew);
        }
    }
}

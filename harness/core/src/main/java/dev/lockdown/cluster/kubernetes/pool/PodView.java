package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.flow.NamespacedName;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The run's pods as the API tells them: one watch tells of each change as it happens, so that looking costs nothing. Where the user may not
/// watch, and where the watch has told nothing for a while and may be broken, they are listed now and then.
///
/// What it shows may be older than what a call would, by the way of the news; nobody concludes from it that a pod is gone. Thread-safe.
public final class PodView implements AutoCloseable {
    /// Between two looks at what it tells.
    public static final Duration LOOK = Duration.ofMillis(10);
    /// For so long after its last news a watch is believed.
    private static final long BELIEVED = Duration.ofSeconds(2).toNanos();

    private final KubernetesClient client;
    private final String label;
    private final String run;
    private final long pause;
    private final Threads threads;
    private final Map<String, Listed> listed = new ConcurrentHashMap<>();
    private volatile long lastNews = System.nanoTime() - BELIEVED;
    private @Nullable SharedIndexInformer<Pod> informer; // guarded by this
    private boolean closed; // guarded by this

    private record Listed(long at, Collection<Pod> pods) {}

    /// @param label of all that the run made
    /// @param run its value
    /// @param pause between two lists
    public PodView(KubernetesClient client, Threads threads, String label, String run, Duration pause) {
        this.client = client;
        this.threads = threads;
        this.label = label;
        this.run = run;
        this.pause = pause.toNanos();
    }

    /// Those that are there and not on their way out, by their names.
    ///
    /// @param namespaces by their names in the cluster
    public Map<NamespacedName, Pod> there(Collection<String> namespaces) {
        var there = new HashMap<NamespacedName, Pod>();
        var watched = watched();
        for (var namespace : Set.copyOf(namespaces))
            for (var pod : watched == null ? listed(namespace) : watched.getIndexer().byIndex("namespace", namespace))
                if (pod.getMetadata().getDeletionTimestamp() == null)
                    there.put(new NamespacedName(namespace, pod.getMetadata().getName()), pod);
        return there;
    }

    /// Whether a pod is still there, as far as that is known without a call; what is not known may be gone.
    public boolean isKnown(NamespacedName object) {
        var watched = watched();
        return watched != null && watched.getIndexer().byIndex("namespace", object.namespace()).stream()
            .anyMatch(p -> p.getMetadata().getName().equals(object.name()));
    }

    private Collection<Pod> listed(String namespace) {
        long now = System.nanoTime();
        var before = listed.get(namespace);
        if (before != null && now - before.at < pause) return before.pods;
        var pods = client.pods().inNamespace(namespace).withLabel(label, run).list().getItems();
        listed.put(namespace, new Listed(System.nanoTime(), pods));
        return pods;
    }

    /// @return null where the watch is not to be believed
    private @Nullable SharedIndexInformer<Pod> watched() {
        var begun = begun();
        return begun != null && begun.hasSynced() && begun.isWatching() && System.nanoTime() - lastNews < BELIEVED ? begun : null;
    }

    /// Whether a watch has told something just now.
    public boolean isWatched() {
        return watched() != null;
    }

    private final class News implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            lastNews = System.nanoTime();
        }

        @Override
        public void onUpdate(Pod before, Pod now) {
            lastNews = System.nanoTime();
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            lastNews = System.nanoTime();
        }
    }

    /// Begun when somebody first looks.
    private synchronized @Nullable SharedIndexInformer<Pod> begun() {
        if (informer == null && !closed) {
            var begun = client.pods().inAnyNamespace().withLabel(label, run).runnableInformer(0)
                .exceptionHandler((_, failure) -> !isRefusal(failure)).addEventHandler(new News());
            informer = begun;
            var _ = threads.executor().submit(begun::start);
        }
        return informer;
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof KubernetesClientException e && e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
            || failure.getCause() instanceof Throwable cause && isRefusal(cause);
    }

    @Override
    public void close() {
        SharedIndexInformer<Pod> last;
        synchronized (this) {
            closed = true;
            last = informer;
            informer = null;
        }
        if (last != null) last.stop();
    }
}

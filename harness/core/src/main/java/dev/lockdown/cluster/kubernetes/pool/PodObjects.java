package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Counted;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects of the run's pods in the cluster, by their names there: labelled, deleted, and seen to be gone. Thread-safe.
public final class PodObjects {
    /// Says of a pod which one of the feature it is, where it is called otherwise.
    public static final String SHOWN = "lockdown.dev/pod";

    private final KubernetesClient client;
    private final PodView view;
    private final Threads threads;
    private final Polling polling;
    private final Duration pause;
    private final Duration going;

    /// @param waits tell what is waited for
    /// @param pause between two looks by calls
    /// @param going how long one may take until it is gone
    public PodObjects(KubernetesClient client, PodView view, Threads threads, Waits waits, Duration pause, Duration going) {
        this.client = client;
        this.view = view;
        this.threads = threads;
        polling = new Polling(PodView.LOOK).telling(waits);
        this.pause = pause;
        this.going = going;
    }

    /// Says what is the matter with nodes, behind something else.
    public interface Trouble {
        /// @param nodes by the names that features use
        String of(Collection<String> nodes);
    }

    private PodResource resource(NamespacedName object) {
        return client.pods().inNamespace(object.namespace()).withName(object.name());
    }

    /// Whether a pod is still the one that was made.
    public boolean isThere(AgentPod pod) {
        var there = resource(pod.made().object()).get();
        return there != null && there.getMetadata().getUid().equals(pod.made().uid());
    }

    /// Give a pod these labels instead of its own, and say which one it is.
    ///
    /// @param shown null for none
    /// @return whether it is there
    public boolean label(AgentPod pod, Map<String, String> labels, @Nullable NamespacedName shown) {
        var object = pod.made().object();
        var patch = new LinkedHashMap<String, @Nullable String>(labels);
        pod.pod().labels().keySet().forEach(k -> patch.putIfAbsent(k, null));
        var metadata = new HashMap<String, Object>(Map.of("labels", patch));
        boolean otherwise = shown != null && !shown.name().equals(object.name());
        if (otherwise || !pod.asked().name().name().equals(object.name()))
            metadata.put("annotations", Collections.singletonMap(SHOWN, otherwise ? String.valueOf(shown) : null));
        try {
            resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("metadata", metadata)));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) return false;
            throw e;
        }
    }

    public void delete(NamespacedName object) {
        resource(object).withGracePeriod(1).delete();
    }

    /// Have a pod deleted some time, whose agent was not reached.
    public void goes(NamespacedName object) {
        var _ = threads.executor().submit(() -> delete(object));
    }

    /// Have a pod deleted some time. If that fails, it goes with all that the run made.
    public void goes(AgentPod pod) {
        threads.release(pod.link());
        var _ = threads.executor().submit(() -> delete(pod.made().object()));
    }

    /// Have pods deleted.
    public void leave(Collection<AgentPod> leaving) {
        threads.all(leaving, pod -> {
            threads.release(pod.link());
            delete(pod.made().object());
        });
    }

    /// Wait until pods are gone that were deleted.
    public void awaitGone(Collection<AgentPod> leaving, Trouble trouble) {
        awaitGone(leaving.stream().map(p -> p.made().object()).toList(), leaving.stream().map(p -> p.pod().node()).toList(), trouble);
    }

    /// Those of some pods that are left: a watch tells that one is there, and a call alone that it is not.
    private final class Left {
        private List<NamespacedName> left;
        private long asked = System.nanoTime() - pause.toNanos();

        Left(List<NamespacedName> objects) {
            left = List.copyOf(objects);
        }

        List<NamespacedName> look() {
            boolean due = System.nanoTime() - asked >= pause.toNanos();
            if (due) asked = System.nanoTime();
            left = left.stream().filter(o -> view.isWatched() ? view.isKnown(o) || isThere(o) : !due || isThere(o)).toList();
            return left;
        }

        private boolean isThere(NamespacedName object) {
            return resource(object).get() != null;
        }
    }

    /// Wait until pods are gone that were deleted.
    ///
    /// @param nodes on which they were
    public void awaitGone(List<NamespacedName> objects, List<String> nodes, Trouble trouble) {
        var watched = new Left(objects);
        var _ = polling.require(going, watched::look, List::isEmpty,
            last -> new ClusterException("pod %s is still there %s s after it was deleted%s".formatted(last.value().getFirst(),
                going.toSeconds(), trouble.of(nodes)), null),
            left -> "%s, the first of them %s, to be gone".formatted(Counted.of(left.size(), "stopped pod"), left.getFirst()));
    }
}

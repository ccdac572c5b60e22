package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.flow.NamespacedName;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Finds those that go before they run, evicted or deleted by somebody: nobody makes them again, however long they are waited for. A watch alone
/// does not tell that a pod is gone, so one that was there and is not shown for a while is asked for. Used by one thread.
public final class VanishedPods {
    private static final long WHILE = Duration.ofSeconds(2).toNanos();

    private final KubernetesClient client;
    private final Set<NamespacedName> there = new HashSet<>();
    private final Map<NamespacedName, Long> missing = new HashMap<>();

    public VanishedPods(KubernetesClient client) {
        this.client = client;
    }

    /// Note whether a pod is shown, and say whether it was and is gone for good.
    ///
    /// @param object its name in the cluster
    public boolean isGone(NamespacedName object, boolean shown) {
        if (shown) {
            there.add(object);
            missing.remove(object);
            return false;
        }
        long now = System.nanoTime();
        if (!there.contains(object) || now - missing.computeIfAbsent(object, _ -> now) < WHILE) return false;
        missing.put(object, now);
        var pod = client.pods().inNamespace(object.namespace()).withName(object.name()).get();
        return pod == null || pod.getMetadata().getDeletionTimestamp() != null;
    }
}

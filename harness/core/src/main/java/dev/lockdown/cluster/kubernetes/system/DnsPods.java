package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.disruption.Disruption;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The cluster's DNS servers. Whoever made their pods makes them anew, so that they come back without the harness.
public record DnsPods(KubernetesClient client) {
    private static final Duration BACK = Duration.ofSeconds(120);
    static final String NAMESPACE = "kube-system";
    private static final Polling POLLING = new Polling(Duration.ofMillis(200));

    /// @throws UnsupportedException if there are none, or nobody would bring them back
    public void requireThere() {
        var there = there();
        if (there.isEmpty())
            throw new UnsupportedException("no pod of kube-system has the label k8s-app=kube-dns, by which DNS servers are known");
        for (var pod : there)
            if (pod.getMetadata().getOwnerReferences().isEmpty())
                throw new UnsupportedException("nobody would bring back the DNS server %s".formatted(pod.getMetadata().getName()));
    }

    /// The name of the ConfigMap that they mount.
    ///
    /// @throws UnsupportedException if they mount none
    String configMap() {
        return there().stream().flatMap(p -> p.getSpec().getVolumes().stream()).filter(v -> v.getConfigMap() != null)
            .map(v -> v.getConfigMap().getName()).findFirst().orElseThrow(() -> new UnsupportedException(
                "the cluster's DNS cannot be taught the names of external hosts: its pods mount no ConfigMap with a Corefile"));
    }

    /// Delete them, and what comes in their place, until the time is over.
    public Disruption.Ongoing away(Duration lasting) {
        int wanted = there().size();
        long began = System.nanoTime();
        delete();
        return () -> {
            long left = lasting.toNanos() - (System.nanoTime() - began);
            POLLING.until(Duration.ofNanos(Math.max(0, left)), this::delete, _ -> System.nanoTime() - began >= lasting.toNanos());
            awaitBack(wanted, Set.of());
        };
    }

    /// Have others come in their place, which read their configuration anew. Returns when they answer.
    void restart() {
        var before = there().stream().map(p -> p.getMetadata().getUid()).collect(Collectors.toSet());
        delete();
        awaitBack(before.size(), before);
    }

    private void awaitBack(int wanted, Set<String> former) {
        POLLING.require(BACK, this::there,
            now -> now.stream().filter(CniAgent::isReady).filter(p -> !former.contains(p.getMetadata().getUid())).count() >= wanted,
            _ -> new ClusterException("the cluster's DNS servers have not come back within %s s".formatted(
                Long.toString(TimeUnit.NANOSECONDS.toSeconds(BACK.toNanos()))), null));
    }

    private int delete() {
        var there = there().stream().filter(p -> p.getMetadata().getDeletionTimestamp() == null).toList();
        there.forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
        return there.size();
    }

    private List<Pod> there() {
        return client.pods().inNamespace(NAMESPACE).withLabel("k8s-app", "kube-dns").list().getItems();
    }
}

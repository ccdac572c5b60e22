package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.disruption.Disruption;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The cluster's DNS servers. Whoever made their pods makes them anew, so that they come back without the harness.
public record DnsPods(KubernetesClient client) {
    private static final Duration BACK = Duration.ofSeconds(120);
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

    /// Delete them, and what comes in their place, until the time is over.
    public Disruption.Ongoing away(Duration lasting) {
        int wanted = there().size();
        long began = System.nanoTime();
        delete();
        return () -> {
            long left = lasting.toNanos() - (System.nanoTime() - began);
            POLLING.until(Duration.ofNanos(Math.max(0, left)), this::delete, _ -> System.nanoTime() - began >= lasting.toNanos());
            POLLING.require(BACK, this::there, now -> now.stream().filter(CniAgent::isReady).count() >= wanted,
                _ -> new ClusterException("the cluster's DNS servers have not come back within %s s".formatted(
                    Long.toString(TimeUnit.NANOSECONDS.toSeconds(BACK.toNanos()))), null));
        };
    }

    private int delete() {
        var there = there().stream().filter(p -> p.getMetadata().getDeletionTimestamp() == null).toList();
        there.forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
        return there.size();
    }

    private List<Pod> there() {
        return client.pods().inNamespace("kube-system").withLabel("k8s-app", "kube-dns").list().getItems();
    }
}

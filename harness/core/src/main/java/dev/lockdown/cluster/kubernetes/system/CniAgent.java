package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.disruption.Disruption;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The pod of a network plugin's DaemonSet on one node, which programs that node's data plane.
public final class CniAgent {
    /// DaemonSets, as the projects' own manifests and charts name them.
    private static final Set<String> DAEMON_SETS =
        Set.of("calico-node", "canal", "cilium", "kube-router", "antrea-agent", "kube-flannel-ds", "weave-net", "kube-network-policies");
    private static final Duration BACK = Duration.ofSeconds(120);
    private static final Polling POLLING = new Polling(Duration.ofMillis(200));

    private final KubernetesClient client;
    private final String node;

    /// @param node its name in the cluster
    public CniAgent(KubernetesClient client, String node) {
        this.client = client;
        this.node = node;
    }

    /// @throws UnsupportedException if there is none
    public void requireThere() {
        if (there().isEmpty())
            throw new UnsupportedException("no pod of a DaemonSet named %s runs on %s".formatted(String.join(", ", DAEMON_SETS), node));
    }

    public Disruption.Ongoing kill() {
        var victims = there();
        var uids = victims.stream().map(p -> p.getMetadata().getUid()).collect(Collectors.toSet());
        for (var victim : victims) client.resource(victim).withGracePeriod(0).delete();
        return () -> POLLING.require(BACK, this::there,
            now -> now.size() >= uids.size() && now.stream().noneMatch(p -> uids.contains(p.getMetadata().getUid()))
                && now.stream().allMatch(CniAgent::isReady),
            _ -> new ClusterException(
                "the network plugin's agent on %s has not come back within %s s".formatted(node, BACK.toSeconds()), null));
    }

    /// Its pods.
    public List<Pod> there() {
        return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
            .filter(p -> p.getMetadata().getOwnerReferences().stream()
                .anyMatch(o -> o.getKind().equals("DaemonSet") && DAEMON_SETS.contains(o.getName())))
            .toList();
    }

    /// The ids of their containers, as their runtime has them: `0123…` of `containerd://0123…`.
    public static List<String> containers(List<Pod> pods) {
        return pods.stream().map(Pod::getStatus).filter(Objects::nonNull).flatMap(s -> s.getContainerStatuses().stream())
            .map(ContainerStatus::getContainerID).filter(Objects::nonNull).map(id -> id.replaceFirst("^[^:]*://", "")).toList();
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream().anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }
}

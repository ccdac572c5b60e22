package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.k3s.Cni.Workload;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at the cluster through the Kubernetes API, by fabric8.
final class Fabric8View implements ClusterView {
    private static final String SYSTEM = "kube-system";
    private static final int PATIENCE_IN_MS = 5000;

    private final KubernetesClient client;

    private Fabric8View(KubernetesClient client) {
        this.client = client;
    }

    static ClusterView of(String kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig);
        config.setRequestTimeout(PATIENCE_IN_MS);
        config.setConnectionTimeout(PATIENCE_IN_MS);
        // It is looked again anyway.
        config.setRequestRetryBackoffLimit(0);
        return new Fabric8View(new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory()).build());
    }

    @Override
    public Look api() {
        return looked(() -> {
            var version = client.getKubernetesVersion();
            return version == null ? new Look(false, "the API to say its version") : new Look(true, version.getGitVersion());
        });
    }

    @Override
    public Look joined(List<String> nodes) {
        return looked(() -> {
            var there = new TreeSet<>(nodes().map(n -> n.getMetadata().getName()).toList());
            var missing = nodes.stream().filter(n -> !there.contains(n)).toList();
            return missing.isEmpty() ? new Look(true, "joined") : new Look(false, String.join(", ", missing) + " to join");
        });
    }

    @Override
    public Look ready(List<String> nodes) {
        return looked(() -> {
            var unready = nodes().filter(n -> nodes.contains(n.getMetadata().getName())).map(Fabric8View::unready).filter(
                Objects::nonNull).toList();
            return unready.isEmpty() ? new Look(true, "ready") : new Look(false, String.join("; ", unready));
        });
    }

    private Stream<Node> nodes() {
        return client.nodes().list().getItems().stream();
    }

    private static @Nullable String unready(Node node) {
        var name = node.getMetadata().getName();
        for (var condition : node.getStatus().getConditions()) {
            if (condition.getType().equals("Ready"))
                return condition.getStatus().equals("True") ? tainted(node) : "%s to be ready (%s)".formatted(name, condition.getMessage());
        }
        return name + " to be ready";
    }

    /// A node is Ready a little before its controller takes away the taints that keep pods off it.
    private static @Nullable String tainted(Node node) {
        return Objects.requireNonNullElse(node.getSpec().getTaints(), List.<Taint>of()).stream()
            .filter(t -> !"PreferNoSchedule".equals(t.getEffect())).findFirst()
            .map(t -> "%s to lose the taint %s:%s".formatted(node.getMetadata().getName(), t.getKey(), t.getEffect())).orElse(null);
    }

    @Override
    public Look rolledOut(Workload workload, List<String> nodes) {
        return looked(() -> switch (workload.kind()) {
            case DAEMON_SET -> daemonSet(workload, nodes.size());
            case DEPLOYMENT -> deployment(workload);
        });
    }

    private Look daemonSet(Workload workload, int nodes) {
        var set = client.apps().daemonSets().inNamespace(workload.namespace()).withName(workload.name()).get();
        if (set == null) return new Look(false, "DaemonSet %s, which is not there yet".formatted(workload));
        int ready = set.getStatus() == null ? 0 : count(set.getStatus().getNumberReady());
        return ready >= nodes ? new Look(true, workload.toString()) : new Look(false, "DaemonSet %s: %s of %s ready%s".formatted(workload,
            ready, nodes, troubles(workload, set.getSpec().getSelector().getMatchLabels())));
    }

    private Look deployment(Workload workload) {
        var deployment = client.apps().deployments().inNamespace(workload.namespace()).withName(workload.name()).get();
        if (deployment == null) return new Look(false, "Deployment %s, which is not there yet".formatted(workload));
        int wanted = Math.max(1, count(deployment.getSpec().getReplicas()));
        int ready = deployment.getStatus() == null ? 0 : count(deployment.getStatus().getReadyReplicas());
        return ready >= wanted ? new Look(true, workload.toString()) : new Look(false, "Deployment %s: %s of %s ready%s".formatted(workload,
            ready, wanted, troubles(workload, deployment.getSpec().getSelector().getMatchLabels())));
    }

    private static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private String troubles(Workload workload, Map<String, String> labels) {
        var troubles = client.pods().inNamespace(workload.namespace()).withLabels(labels).list().getItems().stream().flatMap(
            Fabric8View::troubles).distinct().limit(3).toList();
        return troubles.isEmpty() ? "" : "; " + String.join("; ", troubles);
    }

    /// What its containers wait for, with the image where it is that; init containers are asked too.
    private static Stream<String> troubles(Pod pod) {
        var status = pod.getStatus();
        return Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
            .filter(c -> c.getState() != null && c.getState().getWaiting() != null)
            .filter(c -> !"PodInitializing".equals(c.getState().getWaiting().getReason()))
            .map(c -> "%s on %s: %s %s".formatted(pod.getMetadata().getName(), pod.getSpec().getNodeName(),
                c.getState().getWaiting().getReason(), c.getImage()));
    }

    @Override
    public Look dns() {
        return looked(() -> {
            var slices =
                client.discovery().v1().endpointSlices().inNamespace(SYSTEM).withLabel("kubernetes.io/service-name", "kube-dns").list()
                    .getItems();
            var ready = slices.stream().flatMap(s -> s.getEndpoints().stream()).filter(e -> e.getConditions() != null
                && Boolean.TRUE.equals(e.getConditions().getReady())).filter(e -> e.getTargetRef() != null).findFirst();
            if (ready.isEmpty())
                return new Look(false, "a pod of DNS to be ready" + troubles(
                    new Workload(Workload.Kind.DEPLOYMENT, SYSTEM, "coredns"), Map.of("k8s-app", "kube-dns")));
            return DnsAnswer.of(client, SYSTEM, ready.get().getTargetRef().getName());
        });
    }

    private static Look looked(Supplier<Look> look) {
        try {
            return look.get();
        } catch (RuntimeException e) {
            return new Look(false, "the API does not answer: " + DockerErrorText.of(e));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.cluster.kubernetes.system.PluginDiscovery;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("Network plugins are known")
class PluginsSeenTest {
    private static final String K3S = "v1.34.3+k3s1";
    private static final NetworkPlugin IN_K3S = new NetworkPlugin("kube-router", null, "k3s " + K3S);

    @TempDir
    Path folder;

    private static List<NetworkPlugin> seen(StubApi stub, String kubernetes) {
        try (var client = new Access.Text(stub.kubeconfig()).client()) {
            return new PluginDiscovery(client).plugins(List.of("node-1", "node-2"), kubernetes);
        }
    }

    /// @param owner the kind of what the pod belongs to
    private static void pod(StubApi stub, String node, String owner, String name, String containers) {
        stub.put("/pods", "kube-system", name + "-" + node, """
            {'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': '%s', 'name': '%s',
             'uid': 'ds', 'controller': true}]}, 'spec': {'nodeName': '%s', 'containers': [%s]}, 'status': {'phase': 'Running'}}"""
            .formatted(owner, name, node, containers));
    }

    private static String container(String name, String image) {
        return "{'name': '%s', 'image': '%s'}".formatted(name, image);
    }

    @Test
    void by_the_images_of_their_daemon_sets_pods() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(seen(stub, "v1.34.3")).isEmpty();
            pod(stub, "node-1", "DaemonSet", "canal", container("calico-node", "calico/node:v3.30.7") + ", "
                + container("kube-flannel", "flannel/flannel:v0.26.1") + ", " + container("metrics", "metrics:v9.9.9"));
            pod(stub, "node-1", "ReplicaSet", "kube-router", container("kube-router", "cloudnativelabs/kube-router:v2.6.3"));
            assertThat(seen(stub, "v1.34.3")).containsExactlyInAnyOrder(
                new NetworkPlugin("calico", new PluginVersion(3, 30, 7), "calico/node:v3.30.7"),
                new NetworkPlugin("flannel", new PluginVersion(0, 26, 1), "flannel/flannel:v0.26.1"));
        }
    }

    @Test
    void in_each_version_while_they_are_upgraded() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            pod(stub, "node-1", "DaemonSet", "cilium", container("cilium-agent", "quay.io/cilium/cilium:v1.16.1@sha256:0a1b"));
            pod(stub, "node-2", "DaemonSet", "cilium", container("cilium-agent", "quay.io/cilium/cilium:v1.17.0"));
            assertThat(seen(stub, K3S)).extracting(NetworkPlugin::toString).containsExactlyInAnyOrder("cilium 1.16.1", "cilium 1.17.0");
        }
    }

    @Test
    void as_k3s_own_where_no_other_one_enforces() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(seen(stub, K3S)).containsExactly(IN_K3S);
            pod(stub, "node-1", "DaemonSet", "kube-flannel-ds", container("kube-flannel", "flannel/flannel:latest"));
            assertThat(seen(stub, K3S)).containsExactly(new NetworkPlugin("flannel", null, "flannel/flannel:latest"), IN_K3S);
        }
    }

    @Test
    void where_a_cluster_is_described_and_examined() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            for (var node : List.of("node-1", "node-2"))
                pod(stub, node, "DaemonSet", "kube-router", container("kube-router", "cloudnativelabs/kube-router:v2.6.3"));
            assertThat(KubernetesBackend.examine(new Access.Text(stub.kubeconfig()), ShopFixture.settings(folder)))
                .contains("network plugin: kube-router 2.6.3 (cloudnativelabs/kube-router:v2.6.3)");
            try (var backend = ShopFixture.join(stub, folder)) {
                assertThat(backend.description()).contains(" · kube-router 2.6.3 · 2 nodes · ");
                assertThat(backend.networkPlugins()).extracting(NetworkPlugin::toString).containsExactly("kube-router 2.6.3");
            }
        }
    }

    @Test
    void to_nobody_who_may_not_read_pods() {
        try (var stub = StubApi.start(folder, Set.of())) {
            assertThat(seen(stub, K3S)).isEmpty();
        }
    }
}

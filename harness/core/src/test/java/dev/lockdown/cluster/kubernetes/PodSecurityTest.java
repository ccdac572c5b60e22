package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.flow.Port;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Policies can select namespaces by the label that says which pods they admit.
@NamespacesAvailable
@DisplayName("The Pod Security label of a namespace")
class PodSecurityTest {
    private static final Change.StartPod HOST = new Change.StartPod(new Pod(new NamespacedName("shop", "host"), Map.of(),
        List.of(ContainerPort.unnamed(Port.parse("TCP/18081"))), "node-1", true));

    @TempDir
    private Path folder;

    private static Change namespace(Map<String, String> labels) {
        return new Change.ApplyNamespace(new Namespace("shop", labels));
    }

    private Map<String, String> inTheCluster(StubApi stub) {
        return Objects.requireNonNull(stub.network().state().namespaces().get("shop")).labels();
    }

    @Test
    void is_not_given_where_nothing_demands_it() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, folder);
                var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(List.of(namespace(Map.of("team", "a")), HOST));
            assertThat(inTheCluster(stub)).containsOnlyKeys("team", "kubernetes.io/metadata.name", "lockdown.dev/run");
        }
    }

    /// Then the oracle knows of it as the cluster does.
    @ParameterizedTest
    @ValueSource(strings = {"baseline", "restricted"})
    void is_given_and_shown_where_the_cluster_refuses_pods_on_the_hosts_network(String level) {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, folder);
                var cluster = backend.start(Needs.DEFAULT)) {
            stub.faults().podSecurity(level);
            cluster.apply(List.of(namespace(Map.of("team", "a")), HOST));
            for (var labels : List.of(Map.of("team", "b"), Map.of("tier", "c"))) {
                cluster.apply(List.of(new Change.RelabelNamespace("shop", labels)));
                var shown = Objects.requireNonNull(cluster.state().namespaces().get("shop")).labels();
                assertThat(shown).containsAllEntriesOf(labels).containsEntry("pod-security.kubernetes.io/enforce", "privileged");
                assertThat(inTheCluster(stub)).containsAllEntriesOf(shown).hasSize(shown.size() + 1);
            }
        }
    }

    @Test
    void stays_as_the_feature_gave_it() {
        var own = Map.of("pod-security.kubernetes.io/enforce", "restricted");
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, folder);
                var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(List.of(namespace(own)));
            assertThat(inTheCluster(stub)).containsAllEntriesOf(own);
            assertThatThrownBy(() -> cluster.apply(List.of(HOST))).isInstanceOf(ClusterException.class)
                .hasMessageContaining("violates PodSecurity");
            assertThat(inTheCluster(stub)).containsAllEntriesOf(own);
        }
    }
}

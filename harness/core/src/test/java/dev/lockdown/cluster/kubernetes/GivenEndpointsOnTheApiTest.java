package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.Call;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.GivenEndpoint;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("What only some clusters have: endpoints written by hand, and a DNS cache of the nodes")
class GivenEndpointsOnTheApiTest {
    private static final Service DB = new Service(new NamespacedName("shop", "db"), Map.of(), Map.of(),
        List.of(new ServicePort("", Port.parse("TCP/5432"), new TargetPort.Number(5432), 0)), Service.Type.CLUSTER_IP,
        List.of(new GivenEndpoint("", Protocol.TCP, "203.0.113.7", 15432), new GivenEndpoint("", Protocol.TCP, "203.0.113.8", 15432),
            new GivenEndpoint("", Protocol.TCP, "2001:db8::7", 15432)));
    private static final List<Change> CAST =
        List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.ApplyService(DB));

    @TempDir
    Path folder;

    private static Set<String> rights() {
        var rights = new HashSet<>(ShopFixture.RIGHTS);
        rights.addAll(Set.of("create endpointslices", "patch endpointslices", "delete endpointslices"));
        return rights;
    }

    @Test
    void are_endpoint_slices_beside_the_service_and_go_with_it() {
        try (var stub = StubApi.start(folder, rights())) {
            try (var backend = ShopFixture.join(stub, folder); var cluster = backend.start(Needs.DEFAULT)) {
                cluster.apply(CAST);
                var slices = stub.calls().stream().filter(c -> c.right().equals("patch endpointslices")).map(Call::body).toList();
                assertThat(slices).extracting(s -> s.at("/addressType").asText()).containsExactly("IPv4", "IPv6");
                assertThat(slices).extracting(s -> s.at("/metadata/labels/kubernetes.io~1service-name").asText()).containsOnly("db");
                assertThat(slices.getFirst().at("/endpoints")).extracting(e -> e.at("/addresses/0").asText())
                    .containsExactly("203.0.113.7", "203.0.113.8");
                assertThat(slices.getFirst().at("/ports/0/port").asInt()).isEqualTo(15432);
                assertThat(slices.getFirst().at("/ports/0/name").asText()).isEqualTo("tcp-5432");
                cluster.apply(List.of(new Change.DeleteService(DB.name())));
                assertThat(stub.calls()).filteredOn(c -> c.right().equals("delete endpointslices")).hasSize(2);
            }
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void are_a_reason_to_skip_without_the_right_to_write_them() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, folder);
                var cluster = backend.start(Needs.DEFAULT)) {
            assertThatThrownBy(() -> cluster.apply(CAST)).isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("resources: [endpointslices], verbs: [create, patch, delete]");
        }
    }

    @Test
    void are_taken_where_the_cluster_has_them_and_skipped_where_it_has_not() {
        var cache = List.<Change>of(new Change.AddHost(DnsCache.at("169.254.20.10")));
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, folder);
                var cluster = backend.start(Needs.DEFAULT)) {
            assertThatThrownBy(() -> cluster.apply(cache)).isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("the nodes of this cluster have no DNS cache");
            stub.put("/pods", "kube-system", "node-local-dns-x", "{'metadata': {'labels': {'k8s-app': 'node-local-dns'}}, 'spec': {"
                + "'containers': [{'name': 'c', 'args': ['-localip', '169.254.20.10,10.96.0.10', '-conf', '/etc/Corefile']}]}}");
            assertThatCode(() -> cluster.apply(cache)).doesNotThrowAnyException();
            assertThatThrownBy(() -> cluster.apply(List.of(new Change.AddHost(DnsCache.at("169.254.25.10")))))
                .hasMessageContaining("is at 169.254.20.10, 10.96.0.10 and not at 169.254.25.10");
        }
    }
}

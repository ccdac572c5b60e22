package dev.lockdown.cluster.embedded.controlplane;

import static dev.lockdown.cluster.embedded.controlplane.SnapshotFixture.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The endpoints of a Service")
class ServiceEndpointsTest {
    private static final Pod POD = new Pod(NamespacedName.parse("shop/dns"), Map.of(),
        List.of(new ContainerPort(Port.parse("TCP/5300"), "dns"), new ContainerPort(Port.parse("UDP/5353"), "dns")), "", false);

    private final SnapshotFixture cluster = new SnapshotFixture().namespace("shop").namespace("other");

    @Test
    void are_pods_with_all_labels_of_the_selector() {
        cluster.pod("shop/a", "app=api,tier=back", List.of()).pod("shop/b", "app=api", List.of());
        assertThat(pods("app=api,tier=back")).containsExactly("shop/a");
    }

    @Test
    void are_pods_of_its_own_namespace() {
        cluster.pod("other/a", "app=api", List.of());
        assertThat(pods("app=api")).isEmpty();
    }

    @Test
    void are_none_without_a_selector() {
        cluster.pod("shop/a", "app=api", List.of());
        assertThat(pods("")).isEmpty();
    }

    @Test
    void serve_a_named_port_of_the_same_protocol() {
        assertThat(ServiceEndpoints.target(POD, port("", "UDP/53", new TargetPort.Name("dns")))).hasValue(5353);
    }

    @Test
    void do_not_serve_a_port_of_another_name() {
        assertThat(ServiceEndpoints.target(POD, port("", "UDP/53", new TargetPort.Name("mdns")))).isEmpty();
    }

    @Test
    void serve_a_numbered_port_whether_declared_or_not() {
        assertThat(ServiceEndpoints.target(POD, port("", "TCP/80", new TargetPort.Number(8080)))).hasValue(8080);
    }

    private List<String> pods(String selector) {
        var state = cluster.service("shop/api", Type.CLUSTER_IP, selector, List.<ServicePort>of()).snapshot().state();
        return ServiceEndpoints.pods(state, state.services().get(NamespacedName.parse("shop/api"))).stream().map(p -> p.name().toString())
            .toList();
    }
}

package dev.lockdown.cluster.embedded.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A Service of type NodePort")
class NodePortsTest {
    private static Service service(String name, int... nodePorts) {
        var ports = IntStream.range(0, nodePorts.length)
            .mapToObj(i -> new ServicePort("p" + i, Port.parse("TCP/" + (80 + i)), new TargetPort.Number(8080), nodePorts[i])).toList();
        return new Service(new NamespacedName("shop", name), Map.of(), Map.of("app", "api"), ports, Service.Type.NODE_PORT);
    }

    private static NodePorts beside(Service... others) {
        var state = ClusterState.ofNodes(List.of()).after(new Change.ApplyNamespace(new Namespace("shop", Map.of())));
        for (var other : others) state = state.after(new Change.ApplyService(other));
        return new NodePorts(state);
    }

    private static List<Integer> given(Service service) {
        return service.ports().stream().map(ServicePort::nodePort).toList();
    }

    @Test
    void gets_the_lowest_free_ports_besides_those_that_it_asks_for() {
        assertThat(given(beside(service("other", 30001)).of(service("api", 0, 30002, 0)))).containsExactly(30000, 30002, 30003);
    }

    @Test
    void keeps_its_ports_when_it_is_applied_again() {
        assertThat(given(beside(service("api", 30007)).of(service("api", 0)))).containsExactly(30007);
    }

    @Test
    void cannot_have_the_port_of_another() {
        assertThatThrownBy(() -> beside(service("other", 30001)).of(service("api", 30001)))
            .hasMessage("service shop/api asks for the node port 30001, which service shop/other has");
    }
}

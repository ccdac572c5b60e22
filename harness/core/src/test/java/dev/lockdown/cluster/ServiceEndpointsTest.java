package dev.lockdown.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {
    private static final NamespacedName API = new NamespacedName("shop", "api");
    private static final Port HTTP = new Port(Protocol.TCP, 80);
    private static final Port NODE_PORT = new Port(Protocol.TCP, 30080);

    @Test
    void theEndpointsAreThePodsOfTheNamespaceWithAllLabels() {
        var state = state(new TargetPort.Number(8080), Map.of("app", "api", "tier", "back"));
        assertThat(ServiceEndpoints.of(state, API, HTTP)).extracting(e -> e.pod().name().toString(), e -> e.port().toString())
            .containsExactly(tuple("shop/api-1", "TCP/8080"));
    }

    @Test
    void aNamedTargetIsThePodsOwnPortOfTheProtocol() {
        var state = state(new TargetPort.Name("web"), Map.of("app", "api"));
        assertThat(ServiceEndpoints.of(state, API, HTTP)).extracting(e -> e.pod().name().name(), e -> e.port().number())
            .containsExactly(tuple("api-1", 9090));
    }

    @Test
    void thereAreNoneBehindAnotherPortOrAServiceThatIsNotThere() {
        var state = state(new TargetPort.Number(8080), Map.of("app", "api"));
        assertThat(ServiceEndpoints.of(state, API, new Port(Protocol.UDP, 80))).isEmpty();
        assertThat(ServiceEndpoints.of(state, new NamespacedName("shop", "web"), HTTP)).isEmpty();
    }

    @Test
    void aServiceWithoutASelectorHasNone() {
        assertThat(ServiceEndpoints.of(state(new TargetPort.Number(8080), Map.of()), API, HTTP)).isEmpty();
    }

    @Test
    void aNodePortLeadsToTheEndpointsOfItsService() {
        var state = state(new TargetPort.Number(8080), Map.of("app", "api"));
        assertThat(ServiceEndpoints.ofNodePort(state, NODE_PORT)).isNotEmpty().isEqualTo(ServiceEndpoints.of(state, API, HTTP));
        assertThat(ServiceEndpoints.ofNodePort(state, new Port(Protocol.UDP, 30080))).isEmpty();
    }

    @Test
    void aNamedTargetThatNoPodDeclaresHasNone() {
        assertThat(ServiceEndpoints.of(state(new TargetPort.Name("mdns"), Map.of("app", "api")), API, HTTP)).isEmpty();
    }

    @Test
    void aNumberedTargetIsServedWhetherDeclaredOrNot() {
        var state = state(new TargetPort.Number(8080), Map.of("app", "api"));
        assertThat(ServiceEndpoints.of(state, API, HTTP)).extracting(e -> e.pod().name().name()).containsExactly("api-1", "api-2");
    }

    private static ClusterState state(TargetPort target, Map<String, String> selector) {
        var changes = new ArrayList<Change>(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())),
            new Change.ApplyNamespace(new Namespace("other", Map.of()))));
        changes.add(start("shop", "api-1", Map.of("app", "api", "tier", "back"), "web"));
        changes.add(start("shop", "api-2", Map.of("app", "api"), "metrics"));
        changes.add(start("other", "api-3", Map.of("app", "api", "tier", "back"), "web"));
        changes.add(new Change.ApplyService(new Service(API, Map.of(), selector,
            List.of(new ServicePort("http", HTTP, target, NODE_PORT.number())), Service.Type.NODE_PORT)));
        return ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(changes);
    }

    private static Change start(String namespace, String name, Map<String, String> labels, String port) {
        var ports = List.of(new ContainerPort(new Port(Protocol.UDP, 5353), port), new ContainerPort(new Port(Protocol.TCP, 9090), port));
        return new Change.StartPod(new Pod(new NamespacedName(namespace, name), labels, ports, "node-1", false));
    }
}

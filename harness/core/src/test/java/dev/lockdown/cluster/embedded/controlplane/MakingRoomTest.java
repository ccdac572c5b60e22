package dev.lockdown.cluster.embedded.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The cluster's own name servers")
class MakingRoomTest {
    private static final List<String> NODES = List.of("node-1", "node-2");
    private static final ClusterState STATE =
        ClusterState.ofNodes(NODES.stream().map(n -> new Node(n, Map.of())).toList()).after(SystemObjects.changes(NODES));

    @Test
    void go_where_others_come() {
        var start = new Change.StartPod(dns("coredns-1", "UDP/53", Map.of("k8s-app", "kube-dns", "pod-template-hash", "x")));
        assertThat(SystemObjects.makingRoom(List.of(start), STATE)).containsExactly(
            new Change.StopPod(new NamespacedName("kube-system", "kube-dns-1")),
            new Change.StopPod(new NamespacedName("kube-system", "kube-dns-2")), start);
    }

    @Test
    void stay_where_they_restart_or_others_serve_no_names() {
        var own = STATE.pods().get(new NamespacedName("kube-system", "kube-dns-1"));
        for (var pod : List.of(own, dns("metrics", "TCP/9153", Map.of("k8s-app", "kube-dns")), dns("x", "UDP/53", Map.of()))) {
            List<Change> changes = List.of(new Change.StartPod(pod));
            assertThat(SystemObjects.makingRoom(changes, STATE)).isSameAs(changes);
        }
    }

    private static Pod dns(String name, String port, Map<String, String> labels) {
        return new Pod(new NamespacedName("kube-system", name), labels, List.of(ContainerPort.unnamed(Port.parse(port))), "", false);
    }
}

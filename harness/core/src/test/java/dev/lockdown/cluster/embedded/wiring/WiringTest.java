package dev.lockdown.cluster.embedded.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.embedded.wiring.PodLink.Routed;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("The wiring")
class WiringTest {
    private static final NamespacedName A = NamespacedName.parse("shop/a");
    private static final NamespacedName B = NamespacedName.parse("shop/b");
    private static final NamespacedName FAR = NamespacedName.parse("shop/far");
    private static final NamespacedName HOST = NamespacedName.parse("shop/host");

    private final NamespaceThread thread = NamespaceThread.start("wiring");
    private final NamespaceProbe plug = new NamespaceProbe(thread);
    private final Wiring wiring = Wiring.start(thread, new AddressPlan(List.of(Family.IPV4, Family.IPV6)));
    private final NodeLink node1 = wiring.addNode("node-1");
    private final NodeLink node2 = wiring.addNode("node-2");
    private final List<PodLink> pods = wiring.addPods(List.of(pod(A, "node-1"), pod(B, "node-1"), pod(FAR, "node-2")));
    private final PodLink a = pods.get(0);
    private final PodLink b = pods.get(1);
    private final PodLink far = pods.get(2);

    @AfterEach
    void close() {
        wiring.close();
        thread.close();
    }

    @ParameterizedTest
    @EnumSource
    void joins_pods_of_one_node(Family family) throws IOException {
        assertThat(reach(a, b, family)).isEqualTo(address(a, family));
    }

    @ParameterizedTest
    @EnumSource
    void joins_pods_of_two_nodes(Family family) throws IOException {
        assertThat(reach(a, far, family)).isEqualTo(address(a, family));
    }

    @ParameterizedTest
    @EnumSource
    void joins_a_node_to_its_own_pods(Family family) throws IOException {
        try (var server = plug.listen(a.namespace(), a.addresses().get(family.ordinal()))) {
            assertThat(plug.dial(node1.namespace(), server)).isEqualTo(node1.addresses().get(family.ordinal()).getHostAddress());
        }
    }

    @ParameterizedTest
    @EnumSource
    void joins_a_node_to_the_pods_of_another(Family family) throws IOException {
        try (var server = plug.listen(far.namespace(), far.addresses().get(family.ordinal()))) {
            assertThat(plug.dial(node1.namespace(), server)).isEqualTo(node1.addresses().get(family.ordinal()).getHostAddress());
        }
    }

    @Test
    void lets_a_pod_reach_its_own_address() throws IOException {
        assertThat(reach(a, a, Family.IPV4)).isEqualTo(address(a, Family.IPV4));
    }

    @Test
    void has_a_pod_of_the_hosts_network_use_its_nodes_address() throws IOException {
        var host = wiring.addPods(List.of(new PodPlan(HOST, "node-2", true))).getFirst();

        assertThat(reach(host, a, Family.IPV4)).isEqualTo(node2.addresses().getFirst().getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "169.254.169.254", "10.0.0.5", "2606:4700::1111"})
    void joins_pods_to_external_hosts_with_addresses_of_their_own(String address) throws IOException {
        var host = wiring.addHost("elsewhere", List.of(InetAddress.ofLiteral(address)));
        try (var server = plug.listen(host.namespace(), host.addresses().getFirst())) {
            assertThat(plug.dial(far.namespace(), server)).isNotEqualTo("silence");
        }
    }

    @Test
    void chooses_addresses_for_an_external_host_that_declares_none() {
        assertThat(wiring.addHost("elsewhere", List.of()).addresses()).extracting(InetAddress::getHostAddress)
            .containsExactly("203.0.113.2", "2001:db8:0:0:0:0:0:2");
    }

    @Test
    void swallows_what_is_for_nobody_outside() throws IOException {
        assertThat(plug.dial(a.namespace(), InetAddress.ofLiteral("203.0.113.99"))).isEqualTo("silence");
    }

    @Test
    void swallows_what_is_for_no_pod_even_when_its_node_sends_it() throws IOException {
        assertThat(plug.dial(node1.namespace(), InetAddress.ofLiteral("10.42.0.99"))).isEqualTo("silence");
    }

    @ParameterizedTest
    @EnumSource
    void is_silent_towards_a_pod_whose_cable_is_cut(Family family) throws IOException {
        wiring.linkDown(B);

        assertThat(reach(a, b, family)).isEqualTo("silence");
    }

    @ParameterizedTest
    @EnumSource
    void is_silent_from_a_pod_whose_cable_is_cut(Family family) throws IOException {
        wiring.linkDown(A);

        assertThat(reach(a, b, family)).isEqualTo("silence");
    }

    @ParameterizedTest
    @EnumSource
    void reaches_a_pod_whose_cable_is_mended(Family family) throws IOException {
        wiring.linkDown(B);

        wiring.linkUp(B);

        assertThat(reach(a, b, family)).isEqualTo(address(a, family));
    }

    @Test
    void gives_a_stopped_pods_address_and_interface_to_the_next_pod_of_its_node() {
        wiring.removePod(A);

        var next = (Routed) wiring.addPods(List.of(pod(HOST, "node-1"))).getFirst();

        assertThat(List.of(next.addresses(), next.hostInterface())).containsExactly(a.addresses(), ((Routed) a).hostInterface());
    }

    @Test
    void leads_to_the_new_pod_while_sockets_of_the_old_one_with_its_address_are_open() throws IOException {
        try (var _ = plug.listen(a.namespace(), a.addresses().getFirst())) {
            wiring.removePod(A);
            var next = wiring.addPods(List.of(pod(HOST, "node-1"))).getFirst();

            assertThat(reach(b, next, Family.IPV4)).isEqualTo(address(b, Family.IPV4));
        }
    }

    @Test
    void makes_no_pod_when_one_of_them_cannot_be_made() {
        assertThatThrownBy(() -> wiring.addPods(List.of(pod(HOST, "node-1"), pod(HOST, "node-2"))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("there is a pod shop/host already");

        assertThat(wiring.addPods(List.of(pod(HOST, "node-1")))).hasSize(1);
    }

    @Test
    void lists_the_nodes_when_one_is_unknown() {
        assertThatThrownBy(() -> wiring.addPods(List.of(pod(HOST, "node-9")))).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("there is no node node-9; there are [node-1, node-2]");
    }

    private String reach(PodLink from, PodLink to, Family family) throws IOException {
        try (var server = plug.listen(to.namespace(), to.addresses().get(family.ordinal()))) {
            return plug.dial(from.namespace(), server);
        }
    }

    private static String address(PodLink pod, Family family) {
        return pod.addresses().get(family.ordinal()).getHostAddress();
    }

    private static PodPlan pod(NamespacedName name, String node) {
        return new PodPlan(name, node, false);
    }
}

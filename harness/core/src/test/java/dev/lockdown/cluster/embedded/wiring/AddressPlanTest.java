package dev.lockdown.cluster.embedded.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Family;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The address plan")
class AddressPlanTest {
    private static final AddressPlan BOTH = new AddressPlan(List.of(Family.IPV4, Family.IPV6));
    private static final AddressPlan SIX_FIRST = new AddressPlan(List.of(Family.IPV6, Family.IPV4));
    private static final AddressPlan FOUR = new AddressPlan(List.of(Family.IPV4));

    @Test
    void gives_a_pod_an_address_of_each_family() {
        assertThat(BOTH.pod(1, 0)).extracting(InetAddress::getHostAddress).containsExactly("10.42.8.2", "fd42:0:0:1:0:0:0:2");
    }

    @Test
    void keeps_the_order_of_the_families() {
        assertThat(SIX_FIRST.node(0)).extracting(InetAddress::getHostAddress).containsExactly("fd18:0:0:0:0:0:0:a", "172.18.0.10");
    }

    @Test
    void keeps_the_last_pod_of_a_node_inside_the_nodes_block() {
        assertThat(FOUR.pod(0, AddressPlan.PODS_PER_NODE - 1)).extracting(InetAddress::getHostAddress).containsExactly("10.42.7.253");
    }

    @ParameterizedTest
    @CsvSource({"10.42.200.1, 10.42.0.0/16", "10.43.0.1, 10.43.0.0/16", "172.18.0.10, 172.18.0.0/24", "fd42::9, fd42:0:0:0:0:0:0:0/56"})
    void refuses_an_external_host_with_an_address_of_the_cluster(String address, String block) {
        assertThatThrownBy(() -> BOTH.checkOutside(InetAddress.ofLiteral(address))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageEndingWith("the cluster itself uses " + block);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "224.0.0.1", "::1", "ff02::1"})
    void refuses_an_external_host_with_an_address_of_no_single_machine(String address) {
        assertThatThrownBy(() -> BOTH.checkOutside(InetAddress.ofLiteral(address))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageEndingWith("it is no address of a single machine");
    }

    @Test
    void refuses_an_external_host_of_a_family_that_is_not_in_use() {
        assertThatThrownBy(() -> FOUR.checkOutside(InetAddress.ofLiteral("2001:db8::7"))).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("an external host cannot have the address 2001:db8:0:0:0:0:0:7: this cluster has no IPv6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "169.254.169.254", "10.0.0.5", "10.44.0.1", "192.168.1.1", "2606:4700::1111"})
    void lets_an_external_host_have_any_other_address(String address) {
        assertThatCode(() -> BOTH.checkOutside(InetAddress.ofLiteral(address))).doesNotThrowAnyException();
    }
}

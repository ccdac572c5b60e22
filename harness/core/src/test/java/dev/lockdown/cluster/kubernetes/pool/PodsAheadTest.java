package dev.lockdown.cluster.kubernetes.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pods that are begun ahead")
class PodsAheadTest {
    private static Pod pod(String name, String node, ContainerPort... ports) {
        return new Pod(new NamespacedName("shop", name), Map.of("app", name), List.of(ports), node, false);
    }

    private static ContainerPort serves(String name, String port) {
        return new ContainerPort(Port.parse(port), name);
    }

    private static List<String> missing(int most, boolean named, List<Pod> first, List<Pod> second) {
        return PodsAhead.missing(List.of(new PodsAhead.Wanted(first, named), new PodsAhead.Wanted(second, named)), List.of(), most).stream()
            .map(p -> p.name().name()).toList();
    }

    @Test
    void serve_one_scenario_after_another() {
        assertThat(missing(9, false, List.of(pod("a", "node-1"), pod("b", "node-1")),
            List.of(pod("c", "node-1", serves("", "TCP/80")), pod("d", "node-2"), pod("e", "")))).containsExactly("a", "b", "d");
    }

    @Test
    void are_told_apart_by_the_names_of_ports_and_where_any_has_one_by_all_that_are_declared() {
        var plain = List.of(pod("a", "node-1", serves("", "TCP/80")));
        assertThat(missing(9, false, plain, List.of(pod("b", "node-1", serves("", "TCP/81"))))).containsExactly("a");
        assertThat(missing(9, true, plain, List.of(pod("b", "node-1", serves("", "TCP/81"))))).containsExactly("a", "b");
        assertThat(missing(9, false, plain, List.of(pod("b", "node-1", serves("web", "TCP/80"))))).containsExactly("a", "b");
    }

    @Test
    void are_no_more_than_there_is_room_for() {
        assertThat(missing(1, false, List.of(pod("a", "node-1"), pod("b", "node-1")), List.of(pod("c", "node-2")))).containsExactly("a");
        assertThat(missing(-3, false, List.of(pod("a", "node-1")), List.of())).isEmpty();
    }
}

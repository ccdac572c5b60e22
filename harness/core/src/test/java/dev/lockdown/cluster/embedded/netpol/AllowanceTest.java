package dev.lockdown.cluster.embedded.netpol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.netpol.Allowance.Shape;
import dev.lockdown.flow.Family;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sets of an allowance")
class AllowanceTest {
    private static final Shape ADDRESS = new Shape(Family.IPV4, Ports.Key.ADDRESS, "");
    private static final Shape PORT = new Shape(Family.IPV4, Ports.Key.PORT, "");
    private static final Allowance BEFORE = allowance(Set.of("a"), Set.of("b . 6 . 80"), Set.of("tcp dport 1-2"));

    @Test
    void may_grow_in_place() {
        assertThat(
            BEFORE.mayTurnInto(allowance(Set.of("a", "c"), Set.of("b . 6 . 80", "d . 6 . 80"), Set.of("tcp dport 1-2", "meta l4proto 17"))))
            .isTrue();
    }

    @Test
    void may_shrink_in_place() {
        assertThat(BEFORE.mayTurnInto(allowance(Set.of(), Set.of(), Set.of()))).isTrue();
    }

    @Test
    void may_exchange_elements_of_one_set_in_place() {
        assertThat(BEFORE.mayTurnInto(allowance(Set.of("c"), Set.of("b . 6 . 80"), Set.of("tcp dport 1-2")))).isTrue();
    }

    @Test
    void must_not_pass_an_element_from_one_to_another_under_a_packets_eyes() {
        assertThat(BEFORE.mayTurnInto(allowance(Set.of("b"), Set.of(), Set.of("tcp dport 1-2")))).isFalse();
    }

    @Test
    void must_not_be_exchanged_for_an_expression_under_a_packets_eyes() {
        assertThat(BEFORE.mayTurnInto(allowance(Set.of(), Set.of("b . 6 . 80"), Set.of("ip saddr a", "tcp dport 1-2")))).isFalse();
    }

    private static Allowance allowance(Set<String> addresses, Set<String> ports, Set<String> expressions) {
        return new Allowance(Map.of(ADDRESS, addresses, PORT, ports), expressions, Map.of());
    }
}

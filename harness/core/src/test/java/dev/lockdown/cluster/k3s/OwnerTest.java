package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The owner of containers")
final class OwnerTest {
    @Test
    void lives_while_its_process_does() {
        assertThat(Owner.isAlive(Owner.current().toString())).isTrue();
    }

    @Test
    void is_not_a_later_process_with_the_same_number() {
        var current = Owner.current();
        assertThat(Owner.isAlive(new Owner(current.process(), current.started() - 1, current.boot()).toString())).isFalse();
    }

    @Test
    void does_not_survive_a_restart_of_the_machine() {
        var current = Owner.current();
        assertThat(Owner.isAlive(new Owner(current.process(), current.started(), "another").toString())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-2", "99999999999-1-x"})
    void that_cannot_be_read_is_gone(String label) {
        assertThat(Owner.isAlive(label)).isFalse();
    }
}

package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A number of things")
class CountedTest {
    @Test
    void is_said_in_the_singular_of_one_alone() {
        assertThat(Counted.of(1, "flow")).isEqualTo("1 flow");
        assertThat(Counted.of(0, "flow")).isEqualTo("0 flows");
        assertThat(Counted.of(1204, "probe")).isEqualTo("1,204 probes");
    }

    @Test
    void has_the_plural_of_its_noun() {
        assertThat(Counted.of(2, "policy")).isEqualTo("2 policies");
        assertThat(Counted.of(2, "day")).isEqualTo("2 days");
    }
}

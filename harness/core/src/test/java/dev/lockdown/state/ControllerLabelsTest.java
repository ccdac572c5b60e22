package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Labels that controllers write")
class ControllerLabelsTest {

    @Test
    void are_not_those_by_which_a_person_selects_a_pod() {
        assertThat(ControllerLabels.without(Map.of("app", "web", "pod-template-hash", "6c9"))).isEqualTo(Map.of("app", "web"));
    }

    @Test
    void are_those_where_there_are_no_others() {
        assertThat(ControllerLabels.without(Map.of("job-name", "tidy"))).isEqualTo(Map.of("job-name", "tidy"));
    }
}

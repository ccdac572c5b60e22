package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The names of twins' namespaces")
class RehearsalStageTest {

    @Test
    void are_those_of_the_manifests_with_a_mark() {
        assertThat(RehearsalStage.twins(Set.of("shop", "data"), "0a1b2c"))
            .isEqualTo(Map.of("shop", "shop-twin-0a1b2c", "data", "data-twin-0a1b2c"));
    }

    @Test
    void are_labels_and_never_alike() {
        var long1 = "a".repeat(62) + "1";
        var long2 = "a".repeat(62) + "2";
        var names = RehearsalStage.twins(Set.of(long1, long2, "a".repeat(60)), "0a1b2c");
        assertThat(names).hasSize(3);
        assertThat(names.values()).doesNotHaveDuplicates().allMatch(n -> n.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?") && n.length() <= 63);
    }
}

package dev.lockdown.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Of the fixtures")
class FixturesTest {
    private static final Path FIXTURES = Path.of("..", "..", "fixtures");

    static List<Path> policies() throws IOException {
        try (var files = Files.list(FIXTURES.resolve("policies"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void every_policy_is_read_without_remarks(Path file) {
        assertThat(Manifests.readPolicies(file, "shop").notes()).isEmpty();
    }

    @Test
    void the_shop_makes_the_pods_that_its_name_promises() {
        var state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of())))
            .after(Manifests.read(FIXTURES.resolve("apps/shop"), "default").changes());
        assertThat(state.pods().keySet()).extracting(NamespacedName::toString).containsExactly("monitoring/prometheus-1", "shop/api-1",
            "shop/api-2",
            "shop/db-0", "shop/web-1", "shop/web-2");
        assertThat(state.policies()).hasSize(6);
    }
}

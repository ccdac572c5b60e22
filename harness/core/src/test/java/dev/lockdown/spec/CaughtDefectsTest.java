package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Some of what `./lockdown dev mutants` does for all defects: the quick ones that the canary does not catch already.
@NamespacesAvailable
@DisplayName("The specification turns red when the data plane")
class CaughtDefectsTest {
    private static final String FEATURES = Path.of("..", "..", "features").toString();

    @ParameterizedTest
    @ValueSource(strings = {"forgets-except", "two-peers-as-and", "pod-and-namespace-selector-as-or", "end-port-off-by-one", "not-in-as-in",
        "named-port-by-another-pods-number", "only-the-first-policy", "replies-without-state", "reused-address-keeps-rights",
        "open-at-pod-start", "own-address-denied", "cross-node-masqueraded"})
    void has_the_defect(String defect) {
        var specification = Specification.select(List.of(FEATURES, "@catches:" + defect), 1, List.of());
        try (var backend = EmbeddedBackend.defective(InstantSource.system(), List.of(defect))) {
            assertThat(specification.run(new Session(backend, _ -> {}, InstantSource.system(), () -> false), 1)).contains(Ending.FAILED);
        }
    }
}

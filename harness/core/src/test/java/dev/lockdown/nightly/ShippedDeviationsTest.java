package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The deviations that are shipped")
class ShippedDeviationsTest {
    private static final Path TOP = Path.of("../..");

    /// A scenario that was renamed would be missed by nobody until the next night on a real cluster.
    @Test
    void are_about_scenarios_that_are_there() throws IOException {
        var known = Deviations.read("deviations.yaml", Files.readString(TOP.resolve("fixtures/deviations.yaml"))).all();
        assertThat(known).isNotEmpty().allSatisfy(deviation -> {
            var feature = Files.readString(TOP.resolve(Objects.requireNonNull(deviation.feature())));
            // The title of a scenario, or the cell of an outline's table that is one.
            assertThat(feature).containsPattern("(?m)(Scenario: |\\| )%s *($|\\|)".formatted(Pattern.quote(
                Objects.requireNonNull(deviation.scenario()))));
            assertThat(deviation.link()).isNotNull();
        });
    }
}

package dev.lockdown.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Some of what `./lockdown dev fuzz` does for minutes.
@NamespacesAvailable
@DisplayName("A fuzz")
class FuzzTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final List<String> said = new ArrayList<>();

    @Test
    void finds_nothing_wrong_with_a_sound_data_plane_in_thousands_of_cells() {
        try (var backend = EmbeddedBackend.sound(CLOCK)) {
            var fuzz = fuzz(backend, 20);
            assertThat(fuzz.run(states(20))).describedAs("%s", said).isNull();
            assertThat(fuzz.cells()).isGreaterThan(5_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"forgets-except, 7", "two-peers-as-and, 1", "policy-update-unnoticed, 1", "replies-without-state, 1"})
    void finds_a_defect_and_leaves_what_shows_it(String defect, long seed) {
        var evidence = evidence(defect, seed);
        assertThat(evidence).describedAs("%s", said).isNotNull();
        assertThat(evidence.policies()).isBetween(0, 2);
        assertThat(evidence.pods()).isBetween(1, 3);
    }

    @Test
    void writes_manifests_and_the_command_that_repeats_it(@TempDir Path folder) throws Exception {
        var evidence = evidence("policy-update-unnoticed", 1);
        assertThat(evidence).isNotNull();
        var commands = evidence.write(folder, " --defect policy-update-unnoticed");
        assertThat(commands.getFirst())
            .startsWith("./lockdown table -f " + folder.resolve("first.yaml") + " --then " + folder.resolve("then-1.yaml"))
            .endsWith(" --defect policy-update-unnoticed");
        assertThat(Files.readString(folder.resolve("repeat.sh"))).contains(commands.getFirst());
        assertThat(folder.resolve("then-1.yaml")).content().contains("kind: NetworkPolicy");
    }

    @Test
    void stops_when_it_is_told_to() {
        try (var backend = EmbeddedBackend.sound(CLOCK)) {
            var fuzz = fuzz(backend, 1);
            fuzz.stop();
            assertThat(fuzz.run(states(20))).isNull();
            assertThat(fuzz.sum()).startsWith("0 cells in 0 states after 0 changes, 0 wrong;").endsWith("seed 1");
        }
    }

    private @Nullable Evidence evidence(String defect, long seed) {
        try (var backend = EmbeddedBackend.defective(CLOCK, List.of(defect))) {
            return fuzz(backend, seed).run(states(200));
        }
    }

    private Fuzz fuzz(EmbeddedBackend backend, long seed) {
        return new Fuzz(backend, CLOCK, seed, said::add);
    }

    private static Fuzz.Limit states(long howMany) {
        return new Fuzz.Limit(Duration.ofMinutes(5), howMany);
    }
}

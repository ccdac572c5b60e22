package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.run.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("--cluster k3s")
class K3sCommandsTest {
    private static final Path CLONE = Path.of("../..");

    private final Typist typist = new Typist(CLONE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        doctor --cluster k3s:weave --images                     | there is no CNI "weave" for k3s; known:
        doctor --cluster k3s:calico@2 --images                  | there is no version "2" of calico; known: 3.32.2, 3.32.1, 3.32.0, 3.31.7, 3.30.7
        doctor --cluster k3s:none --images                      | k3s:none has no CNI, so no pod would start; name the folder of your CNI's manifests by --charts DIR
        doctor --cluster k3s --images /nonexistent              | --images /nonexistent: there is no such folder
        doctor --cluster k3s --k3s-version a/b                  | "a/b" is no image; expected NAME:TAG
        doctor --images                                         | --images belongs to --cluster k3s
        """)
    void that_cannot_be_meant_is_bad_input(String line, String error) {
        assertThat(typist.types(line.split(" "))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err().lines().findFirst()).contains("error: " + error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--k3s-version 1", "--nodes 3", "--dual-stack", "--images .", "--registries x", "--charts .", "--reuse"})
    void is_what_its_options_belong_to(String option) {
        assertThat(typist.types(("run " + option).split(" "))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).startsWith("error: %s belongs to --cluster k3s".formatted(option.split(" ")[0]));
    }

    @Test
    void lists_what_it_needs_without_internet() {
        assertThat(typist.types("doctor", "--cluster", "k3s:calico@3.32.2", "--images")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("- quay.io/calico/node:v3.32.2  (calico 3.32.2)",
            "calico.yaml  (calico 3.32.2, no checksum known)", "./lockdown doctor --cluster k3s:calico@3.32.2 --images DIR --charts DIR");
    }

    @Test
    void names_the_agents_image_that_was_chosen() {
        typist.types("doctor", "--cluster", "k3s", "--agent-image", "mirror.example/jre:25", "--images");
        assertThat(typist.out()).contains("- mirror.example/jre:25  (Lockdown's own pods)");
    }

    @Test
    void cannot_run_without_internet_while_something_is_missing(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("calico.yaml"), "x");
        assertThat(typist.types("doctor", "--cluster", "k3s:calico", "--images", folder.toString(), "--charts", folder.toString()))
            .isEqualTo(ExitStatus.CANNOT_RUN);
        assertThat(typist.out()).contains("✗ quay.io/calico/node:v3.32.1", "✓ https://raw.githubusercontent.com/projectcalico",
            "7 of 8 are missing");
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("init")
class InitCommandTest {
    @TempDir
    private Path home;

    @Test
    void writes_what_can_be_tried_and_says_how() throws IOException {
        var folder = home.resolve("my app");
        var typist = new Typist(home);
        assertThat(typist.types("init", folder.toString())).isEqualTo(ExitStatus.OK);
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("app.yaml", "policies.yaml", "app.feature");
        }
        assertThat(typist.out()).contains("lockdown run ", "lockdown watch ", "lockdown table -f ").contains("my app");
    }

    @Test
    @NamespacesAvailable
    void writes_a_feature_that_passes() {
        var folder = home.resolve("app").toString();
        var typist = new Typist(home);
        typist.types("init", folder);
        assertThat(typist.types("run", folder)).as(typist.err()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void touches_no_file_that_is_there() throws IOException {
        var own = Files.writeString(home.resolve("policies.yaml"), "mine");
        var typist = new Typist(home);
        assertThat(typist.types("init", home.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("policies.yaml is there already");
        assertThat(own).hasContent("mine");
        assertThat(home.resolve("app.feature")).doesNotExist();
    }

    @Test
    void needs_a_folder() throws IOException {
        var file = Files.writeString(home.resolve("file"), "");
        var typist = new Typist(home);
        assertThat(typist.types("init", file.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("is a file; name a folder");
        assertThat(typist.types("init")).isEqualTo(ExitStatus.BAD_INPUT);
    }
}

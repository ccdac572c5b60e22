package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Docker")
final class DockerSocketTest {
    @TempDir
    private Path root;

    @Test
    void that_is_absent_is_told_with_where_it_was_looked_for_and_what_to_do() {
        assertThatThrownBy(() -> docker(Map.of("HOME", "/home/me")).require()).isInstanceOf(EnvironmentException.class)
            .hasMessageContainingAll("there is no Docker here", "var/run/docker.sock", "home/me/.docker/run/docker.sock", "DOCKER_HOST",
                "./lockdown run");
        assertThat(docker(Map.of("HOME", "/home/me")).isLikely()).isFalse();
    }

    @Test
    void is_found_where_rootless_ones_are() throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("run/user/1000")).resolve("docker.sock"));
        assertThatCode(docker(Map.of("XDG_RUNTIME_DIR", "/run/user/1000"))::require).doesNotThrowAnyException();
    }

    @Test
    void that_is_named_must_be_there() {
        assertThatThrownBy(() -> docker(Map.of("DOCKER_HOST", "unix:///run/d.sock")).require()).hasMessageContaining(
            "DOCKER_HOST is %s, and there is no such socket".formatted(root.resolve("run/d.sock")));
    }

    @Test
    void on_another_machine_is_not_looked_for_here() {
        assertThatCode(docker(Map.of("DOCKER_HOST", "tcp://192.0.2.1:2376"))::require).doesNotThrowAnyException();
    }

    private DockerSocket docker(Map<String, String> environment) {
        return new DockerSocket(environment, root);
    }
}

package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reason of a failure")
final class DockerErrorTextTest {
    @Test
    void is_the_innermost_message() {
        assertThat(DockerErrorText.of(new RuntimeException("outer", new IllegalStateException(new IOException("Broken pipe"))))).isEqualTo(
            "Broken pipe");
    }

    @Test
    void is_what_docker_said_without_its_wrapping() {
        assertThat(DockerErrorText.of(new RuntimeException("outer", new RuntimeException("Status 500: {\"message\":\"no space left\"}\n"))))
            .isEqualTo("no space left");
    }

    @Test
    void is_how_the_container_ended_where_that_is_known() {
        assertThat(DockerErrorText.of(new RuntimeException("outer", new IllegalStateException(
            "Wait strategy failed. Container exited with code 1", new RuntimeException("Timed out waiting for log output"))))).isEqualTo(
                "Container exited with code 1");
    }

    @Test
    void is_the_exceptions_name_where_nothing_was_said() {
        assertThat(DockerErrorText.of(new java.util.NoSuchElementException())).isEqualTo("java.util.NoSuchElementException");
    }
}

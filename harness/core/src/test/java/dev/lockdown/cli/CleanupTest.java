package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An interruption")
class CleanupTest {
    private final StringWriter err = new StringWriter();
    private final Cleanup cleanup = new Cleanup();
    private final List<String> closed = new ArrayList<>();

    @Test
    void closes_what_is_open_the_last_first() {
        cleanup.add(() -> closed.add("first"));
        cleanup.add(() -> closed.add("second"));
        assertThat(interrupt()).isTrue();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void closes_the_others_when_one_fails_and_says_which() {
        cleanup.add(() -> closed.add("first"));
        cleanup.add(() -> {
            throw new IOException("the API server is gone");
        });
        interrupt();
        assertThat(closed).containsExactly("first");
        assertThat(err.toString()).contains("warning: not cleaned up: java.io.IOException: the API server is gone");
    }

    @Test
    void comes_too_late_when_the_command_is_done() {
        cleanup.add(() -> closed.add("first"));
        assertThat(cleanup.over()).isTrue();
        assertThat(interrupt()).isFalse();
        assertThat(closed).isEmpty();
    }

    @Test
    void leaves_the_command_no_word_about_the_exit_status() {
        interrupt();
        assertThat(cleanup.over()).isFalse();
    }

    @Test
    void lets_nothing_new_begin() {
        interrupt();
        assertThatThrownBy(() -> cleanup.add(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    private boolean interrupt() {
        return cleanup.interrupt(new PrintWriter(err, true));
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A standard stream")
class SafeWriterTest {
    private static String shown(boolean terminal, String text) {
        var out = new StringWriter();
        var writer = new PrintWriter(new SafeWriter(out, terminal), true);
        writer.print(text);
        writer.flush();
        return out.toString();
    }

    @Test
    void shows_what_would_act_on_a_terminal_and_no_password() {
        assertThat(shown(false, "error: a\u001b]0;T\u0007\u001b[2J.yaml: https://u:p@h/?t=1\n"))
            .isEqualTo("error: a\\u001b]0;T\\u0007\\u001b[2J.yaml: https://h/\n");
    }

    @Test
    void has_its_own_colours_and_nothing_else_on_a_terminal() {
        assertThat(shown(true, "\r\u001b[K\u001b[31mred\u001b[0m \u001b[2J\u202e"))
            .isEqualTo("\r\u001b[K\u001b[31mred\u001b[0m \\u001b[2J\\u202e");
    }
}

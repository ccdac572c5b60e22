package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.state.OutsideText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A word for a shell")
class ShellWordTest {

    @ParameterizedTest
    @ValueSource(
        strings = {"reports/20261122-140311", "a b", "a $(id) b", "it's", "`id`", "a;b", "", "~/x", "*", "a\nb", "\u001b]0;T\u0007",
            "a\u202eb", "ü", "back\\slash\n'", "a\u2028b", "c1\u009b1", "\u007f1", "a\u200d\ud83d\ude00\r", "tag\udb40\udc41"})
    void is_read_as_that_one_word(String word) throws Exception {
        for (var locale : List.of("C.UTF-8", "C")) {
            var shell = new ProcessBuilder("bash", "-s");
            shell.environment().put("LC_ALL", locale);
            var process = shell.start();
            // Not as an argument, which a JVM of another locale would spell otherwise.
            try (var typed = process.getOutputStream()) {
                typed.write(("printf %s " + ShellWord.quoted(word) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).as(locale).isEqualTo(word);
            assertThat(process.waitFor()).isZero();
        }
        assertThat(ShellWord.quoted(word).codePoints()).noneMatch(OutsideText::isHarmful);
    }

    @Test
    void is_left_as_it_is_where_it_can_be_and_hides_nothing_that_cannot_be_seen() {
        assertThat(ShellWord.quoted("reports/a-1_b.c")).isEqualTo("reports/a-1_b.c");
        assertThat(ShellWord.quoted("ü")).isEqualTo("'ü'");
        assertThat(ShellWord.quoted("\u0080x")).isEqualTo("$'\\xc2\\x80x'");
        assertThat(ShellWord.quoted("a\u200dx")).isEqualTo("$'a\\xe2\\x80\\x8dx'");
        assertThat(ShellWord.quoted("\u0660")).as("a digit, but none of ASCII").isEqualTo("'\u0660'");
    }
}

package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A word for a shell")
class ShellWordTest {

    @ParameterizedTest
    @ValueSource(
        strings = {"reports/20261122-140311", "a b", "a $(id) b", "it's", "`id`", "a;b", "", "~/x", "*", "a\nb", "\u001b]0;T\u0007",
            "a\u202eb", "ü", "back\\slash\n'"})
    void is_read_as_that_one_word(String word) throws Exception {
        var shell = new ProcessBuilder("bash", "-c", "printf %s " + ShellWord.quoted(word));
        shell.environment().put("LC_ALL", "C.UTF-8");
        var process = shell.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(word);
        assertThat(process.waitFor()).isZero();
        assertThat(ShellWord.quoted(word)).matches("[^\\p{Cntrl}\u202e]*");
    }
}

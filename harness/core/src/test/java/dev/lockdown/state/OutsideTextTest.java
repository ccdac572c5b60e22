package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Text from outside")
class OutsideTextTest {
    @Test
    void has_its_controls_and_turns_of_direction_escaped() {
        assertThat(OutsideText.escaped("x\u001b]0;T\u0007a\u202eb\u2066c\u0085\r\u200f.yaml"))
            .isEqualTo("x\\u001b]0;T\\u0007a\\u202eb\\u2066c\\u0085\\u000d\\u200f.yaml");
        assertThat(OutsideText.escaped(Character.toString(0xe0041))).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void is_in_one_line_where_a_name_is() {
        assertThat(OutsideText.inOneLine("a\nb\tc\u001b.yaml")).isEqualTo("a\\nb\\tc\\u001b.yaml");
    }

    @Test
    void is_left_alone_where_it_is_harmless() {
        assertThat(OutsideText.escaped("a\n\t\u0431 \u0645\u06cc\u200c\u062e \u200d"))
            .isEqualTo("a\n\t\u0431 \u0645\u06cc\u200c\u062e \u200d");
    }

    @ParameterizedTest
    @CsvSource({"https://user:PASSWORD@host:6443/a?token=TOKEN, https://host:6443/a", "https://TOKEN@host/, https://host/",
        "at https://u:p%40@h/x#frag end, at https://h/x end", "wss://host/exec?command=x&token=T, wss://host/exec",
        "see https://kubernetes.io/docs/a/ for more, see https://kubernetes.io/docs/a/ for more",
        "mail a@b.example, mail a@b.example"})
    void has_no_secret_in_a_url(String text, String shown) {
        assertThat(OutsideText.withoutSecrets(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0x061c", "0x200e", "0x200f", "0x2028", "0x202e", "0x2066", "0x2069", "0xe0000", "0xe007f", "0x1f", "0x7f", "0x9f"})
    void is_harmful_to_a_terminal(String codePoint) {
        assertThat(OutsideText.isHarmful(Integer.decode(codePoint))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0x061d", "0x061b", "0x200d", "0x2010", "0x2027", "0x202f", "0x2065", "0x206a", "0xdffff", "0xe0080", "0x20", "0xa0"})
    void is_harmless_beside_that(String codePoint) {
        assertThat(OutsideText.isHarmful(Integer.decode(codePoint))).isFalse();
    }
}

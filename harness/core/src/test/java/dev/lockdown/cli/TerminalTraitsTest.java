package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTraitsTest {

    @Test
    void a_file_has_no_colour_and_no_live_line_but_every_character() {
        assertThat(TerminalTraits.of(false, StandardCharsets.US_ASCII, Map.of())).isEqualTo(new TerminalTraits(100, false, false, true));
    }

    @Test
    void a_terminal_has_colour_and_a_live_line() {
        assertThat(TerminalTraits.of(true, StandardCharsets.UTF_8, Map.of("COLUMNS", "160")))
            .isEqualTo(new TerminalTraits(160, true, true, true));
    }

    @Test
    void no_color_is_obeyed_unless_it_is_empty() {
        assertThat(TerminalTraits.of(true, StandardCharsets.UTF_8, Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(TerminalTraits.of(true, StandardCharsets.UTF_8, Map.of("NO_COLOR", "")).colour()).isTrue();
    }

    @Test
    void a_dumb_terminal_is_like_a_file() {
        assertThat(TerminalTraits.of(true, StandardCharsets.UTF_8, Map.of("TERM", "dumb")))
            .isEqualTo(new TerminalTraits(100, false, false, true));
    }

    @Test
    void a_terminal_of_another_charset_shows_ascii() {
        assertThat(TerminalTraits.of(true, StandardCharsets.ISO_8859_1, Map.of()).unicode()).isFalse();
    }
}

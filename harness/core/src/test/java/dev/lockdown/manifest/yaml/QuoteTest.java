package dev.lockdown.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A quoted text")
class QuoteTest {

    @Test
    void is_cut_after_80_characters_and_not_before() {
        assertThat(Quote.of("a".repeat(80))).isEqualTo("\"" + "a".repeat(80) + "\"");
        assertThat(Quote.of("a".repeat(81))).isEqualTo("\"" + "a".repeat(80) + "…\"");
    }

    @Test
    void counts_a_character_outside_the_basic_plane_once() {
        assertThat(Quote.harmless("\uD83D\uDE00\uD83D\uDE00", 2)).isEqualTo("\uD83D\uDE00\uD83D\uDE00");
    }

    @Test
    void turns_no_text_around() {
        assertThat(Quote.of("a\u202Eb")).isEqualTo("\"a\\u202eb\"");
    }
}

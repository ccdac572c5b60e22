package dev.lockdown.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Columns")
class ColumnsTest {
    @ParameterizedTest
    @CsvSource({"abc, 3", "✓·…≠, 4", "日本, 4", "🚀, 2", "e\u0301, 1", "한글, 4", "ｆ, 2"})
    void are_what_a_terminal_needs_for_a_text(String text, int width) {
        assertThat(Columns.width(text)).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcd…", "日本語, 5, 日本…", "日本語, 4, 日…"})
    void cut_a_text_and_show_it(String text, int width, String cut) {
        assertThat(Columns.cut(text, width)).isEqualTo(cut);
    }

    @Test
    void wrap_a_text_at_spaces_and_leave_long_words_whole() {
        assertThat(Columns.wrap("one two  three-four-five six", 8)).containsExactly("one two", "three-four-five", "six");
    }

    @Test
    void wrap_nothing_into_one_empty_line() {
        assertThat(Columns.wrap("  ", 8)).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"✓ ✗ · … – × →", "日本 🚀 e\u0301", "“quoted” ‘text’"})
    void stay_the_same_in_ascii(String text) {
        assertThat(Columns.ascii(text)).isASCII();
        assertThat(Columns.width(Columns.ascii(text))).isEqualTo(Columns.width(text));
    }
}

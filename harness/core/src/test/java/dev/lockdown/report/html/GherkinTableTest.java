package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A step's table")
class GherkinTableTest {
    @Test
    void has_columns_as_wide_as_their_widest_cells() {
        assertThat(GherkinTable.aligned("| pod | labels |\n| shop/web | |\n|x|app=web|")).isEqualTo("""
            | pod      | labels  |
            | shop/web |         |
            | x        | app=web |""");
    }

    @Test
    void knows_a_bar_that_is_escaped_from_one_that_is_not() {
        assertThat(GherkinTable.aligned("| a \\| b | c |\n| d | e\\\\|")).isEqualTo("""
            | a \\| b | c   |
            | d      | e\\\\ |""");
    }

    @Test
    void may_have_rows_of_several_lengths() {
        assertThat(GherkinTable.aligned("| a |\n| long | b |")).isEqualTo("| a    |\n| long | b |");
    }

    @Test
    void is_told_from_any_other_text() {
        assertThat(GherkinTable.aligned("| a |\n  - b")).isEqualTo("| a |\n  - b");
        assertThat(GherkinTable.aligned("")).isEmpty();
    }
}

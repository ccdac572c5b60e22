package dev.lockdown.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.check.Mistake;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mistake for people")
class CheckTextTest {
    private static Mistake mistake(int column, int width, String source) {
        return new Mistake(Grade.WRONG, "shop.feature", 12, column, width, source, "it is wrong", List.of("did you mean: right"));
    }

    @Test
    void has_its_line_and_a_caret() {
        assertThat(CheckText.of(mistake(8, 5, "  Then wrong"))).isEqualTo("""
            shop.feature:12:8: it is wrong
              12 |   Then wrong
                 |        ^^^^^
              did you mean: right""");
    }

    @Test
    void has_the_caret_where_a_terminal_shows_the_word() {
        // A character of East Asia is two columns wide, a combining one none; a tab is shown as a space.
        assertThat(CheckText.of(mistake(6, 1, "\t漢e\u0301 x")).lines().skip(2).findFirst()).contains("     |      ^");
    }

    @Test
    void shows_the_part_of_a_long_line_that_it_is_about() {
        var lines = CheckText.of(mistake(5001, 4, "a".repeat(5000) + "here" + "b".repeat(5000))).lines().toList();
        assertThat(lines.get(1)).hasSizeLessThan(160).contains("here");
        assertThat(lines.get(1).indexOf("here")).isEqualTo(lines.get(2).indexOf("^^^^"));
    }

    @Test
    void sends_no_control_characters_to_the_terminal() {
        var text =
            CheckText.of(new Mistake(Grade.WRONG, "x.feature", 1, 1, 1, "a\u001b[2Jb\u202e", "no \u001b[31mstep", List.of("\u202ename")));
        assertThat(text).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void is_in_one_line_whatever_the_file_is_called() {
        var name = "a\nb\u001b[31m\r\u009b\u2028\u007f.feature";
        var shown = "a\\nb\\u001b[31m\\u000d\\u009b\\u2028\\u007f.feature";
        assertThat(CheckText.of(new Mistake(Grade.WRONG, name, 1, 1, 1, "x", "bad: " + name, List.of("used at " + name)))).isEqualTo("""
            %1$s:1:1: bad: %1$s
              1 | x
                | ^
              used at %1$s""".formatted(shown));
        assertThat(CheckText.of(new Mistake(Grade.WRONG, name, 0, 0, 1, "", "is empty", List.of()))).isEqualTo(shown + " is empty");
    }

    @Test
    void of_a_whole_file_has_no_place() {
        assertThat(CheckText.of(new Mistake(Grade.WRONG, "x.feature", 0, 0, 1, "", "is empty", List.of()))).isEqualTo("x.feature is empty");
    }
}

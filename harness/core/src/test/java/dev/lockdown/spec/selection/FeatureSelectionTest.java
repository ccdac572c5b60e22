package dev.lockdown.spec.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.spec.Specification;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is selected")
class FeatureSelectionTest {
    private static final String FEATURE = """
        @shop
        Feature: Lines
          # about what stands below
          Background:
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |

          @first
          Scenario: One
            When "shop" denies all ingress
            Then every flow is as the policies say

          # about the outline
          @second
          Scenario Outline: Two <x>
            Then <x> can reach "shop/web" on TCP/8080

            Examples: good
              | x          |
              | "shop/web" |
              | node "n-1" |
            Examples: none
              | x |

          Rule: Nothing in it

          Rule: Another
            Scenario Outline: no rows <x>
              Then <x> can reach "shop/web" on TCP/8080
              Examples:
                | x |
        """;

    @TempDir
    private Path folder;
    private String feature = "";

    @BeforeEach
    void write() throws IOException {
        feature = Files.writeString(folder.resolve("lines.feature"), FEATURE).toString();
    }

    private static List<Integer> selected(String... words) {
        return Specification.select(List.of(words), 1, List.of()).lines().values().stream().flatMap(List::stream).sorted().toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        1  ! 10 21 22 26 29
        7  ! 10 21 22 26 29
        9  ! 10
        10 ! 10
        12 ! 10
        14 ! 21 22
        16 ! 21 22
        17 ! 21 22
        19 ! 21 22
        20 ! 21 22
        21 ! 21
        22 ! 22
        24 ! 21 22
        26 ! 26
        28 ! 29
        30 ! 29
        32 ! 29
        10:22 ! 10 22
        """)
    void is_the_scenario_or_the_example_that_has_the_line(String lines, String selected) {
        assertThat(selected(feature + ":" + lines))
            .containsExactlyElementsOf(Stream.of(selected.split(" ")).map(Integer::valueOf).toList());
    }

    @Test
    void is_everything_where_the_feature_is_also_named_without_a_line() {
        assertThat(selected(feature + ":10", feature)).containsExactly(10, 21, 22, 26, 29);
        assertThat(selected(feature + ":10", folder.toString())).containsExactly(10, 21, 22, 26, 29);
    }

    @Test
    void is_what_has_nothing_to_run_only_where_its_tags_fit() {
        assertThat(selected(feature, "@first")).containsExactly(10);
        assertThat(selected(feature, "@shop and not @second")).containsExactly(10, 26, 29);
    }

    @Test
    void is_a_feature_without_a_scenario() throws IOException {
        var empty =
            Files.writeString(folder.resolve("empty.feature"), "\nFeature: Nothing\n  Background:\n    Given the pods\n      | pod |\n");
        assertThat(selected(empty.toString())).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33, 999_999_999})
    void is_no_line_outside_of_the_file(int line) {
        assertThatThrownBy(() -> selected(feature + ":" + line)).isInstanceOf(InputException.class)
            .hasMessage("%s has no scenario at line %s; its scenarios are at the lines 10, 21, 22, 26, 29".formatted(feature, line));
    }

    @Test
    void is_no_line_of_a_folder() {
        assertThatThrownBy(() -> selected(folder + ":7")).isInstanceOf(InputException.class)
            .hasMessage(folder + " is a folder; a line is one of a feature: FEATURE:LINE");
    }

    @Test
    void is_no_file_of_another_kind() {
        assertThatThrownBy(() -> selected("/etc/passwd:1")).isInstanceOf(InputException.class)
            .hasMessage("/etc/passwd is no feature: the name of one ends with .feature");
    }

    @Test
    void names_the_nearest_tag_of_one_that_no_scenario_has() {
        assertThatThrownBy(() -> selected(feature, "@first", "@secnod")).isInstanceOf(InputException.class)
            .hasMessage("nothing is selected by %s @secnod\n  no scenario has the tag @secnod; did you mean @second?".formatted(feature));
    }

    @Test
    void names_few_of_many_tags() throws IOException {
        var tags = Arrays.toString(Stream.iterate(1, n -> n + 1).limit(70).map(n -> "@tag-" + n).toArray()).replaceAll("[\\[\\],]", "");
        var many = Files.writeString(folder.resolve("many.feature"), tags + "\nFeature: F\n  Scenario: S\n");
        assertThatThrownBy(() -> selected(many.toString(), "@unheard-of"))
            .hasMessageMatching("(?s).*no scenario has the tag @unheard-of; there are (@tag-[0-9]+, ){7}@tag-[0-9]+ and 62 more");
    }

    @Test
    void says_so_where_each_tag_is_there_but_not_all_together() {
        assertThatThrownBy(() -> selected(feature, "@first and @second"))
            .hasMessageEndingWith("each of its tags is there, but no scenario has what it asks for together");
    }
}

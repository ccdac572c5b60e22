package dev.lockdown.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Labels in a table cell")
class LabelsTest {

    @Test
    void are_keys_with_values_separated_by_commas() {
        assertThat(Labels.parse("app=web, example.com/tier = db,x=")).isEqualTo(Map.of("app", "web", "example.com/tier", "db", "x", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void may_be_none(String text) {
        assertThat(Labels.parse(text)).isEmpty();
    }

    @Test
    void need_an_equals_sign() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse("app=web, db"))
            .withMessage("\"db\" is no label; expected key=value, such as app=web, tier=db");
    }

    @Test
    void have_no_empty_one_among_them() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse("app=web,")).withMessageStartingWith("\"\" is no label; ");
    }

    @Test
    void have_valid_keys() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse("-app=web")).withMessageStartingWith(
            "the label key \"-app\" is not valid; expected at most 63 letters, ");
    }

    @Test
    void have_valid_values() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse("app=we b")).withMessageStartingWith(
            "the value \"we b\" of label app is not valid; expected at most 63 letters, ");
    }

    @Test
    void have_no_key_twice() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse("a=b, a=c")).withMessage("label \"a\" is given twice");
    }

    @Test
    void have_a_key_before_the_equals_sign_and_before_a_slash_a_prefix() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse("=web"))
            .withMessageStartingWith("the label key \"\" is not valid; expected at most 63 ");
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.parse("/app=web")).withMessageStartingWith(
            "the label key \"/app\" is not valid; expected before the \"/\" at most 253 ");
    }

    @Test
    void may_be_as_long_as_Kubernetes_lets_them() {
        var longest = "a".repeat(63);
        assertThat(Labels.parse(longest + "=" + longest)).containsExactly(Map.entry(longest, longest));
    }
}

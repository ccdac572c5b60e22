package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.refusalOfSpec;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A label selector is refused")
class SelectorMistakesTest {

    @Test
    void when_labels_stand_outside_matchLabels() {
        assertThat(refusalOf("app: web")).isEqualTo("""
            a.yaml:5:17: unknown field "app" in NetworkPolicy.spec.podSelector
              known here: matchLabels, matchExpressions""");
    }

    @Test
    void when_an_operator_is_misspelt() {
        assertThat(refusalOf("matchExpressions: [{key: app, operator: notin, values: [a]}]")).isEqualTo("""
            a.yaml:5:57: NetworkPolicy.spec.podSelector.matchExpressions[0].operator is "notin"
              did you mean "NotIn"? expected one of: In, NotIn, Exists, DoesNotExist""");
    }

    @Test
    void when_a_requirement_has_no_operator() {
        assertThat(refusalOf("matchExpressions: [{key: app}]")).isEqualTo("""
            a.yaml:5:36: NetworkPolicy.spec.podSelector.matchExpressions[0] has no operator
              expected one, such as operator: In""");
    }

    @Test
    void when_In_has_no_values() {
        assertThat(refusalOf("matchExpressions: [{key: app, operator: In, values: []}]")).isEqualTo("""
            a.yaml:5:47: NetworkPolicy.spec.podSelector.matchExpressions[0] has operator In without values
              give at least one, such as values: [web], or use Exists""");
    }

    @Test
    void when_NotIn_has_no_values() {
        assertThat(refusalOf("matchExpressions: [{key: app, operator: NotIn}]"))
            .endsWith("has operator NotIn without values\n  give at least one, such as values: [web], or use DoesNotExist");
    }

    @Test
    void when_Exists_has_values() {
        assertThat(refusalOf("matchExpressions: [{key: app, operator: Exists, values: [a]}]")).isEqualTo("""
            a.yaml:5:65: NetworkPolicy.spec.podSelector.matchExpressions[0] has operator Exists with values
              remove the values, or use In""");
    }

    @Test
    void when_DoesNotExist_has_values() {
        assertThat(refusalOf("matchExpressions: [{key: app, operator: DoesNotExist, values: [a]}]"))
            .endsWith("has operator DoesNotExist with values\n  remove the values, or use NotIn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "1.5", "yes", "No", "ON", "true", "0x1F", "1e3"})
    void when_a_value_would_be_no_string_to_Kubernetes(String value) {
        assertThat(refusalOf("matchLabels: {app: %s}".formatted(value)))
            .startsWith("a.yaml:5:36: NetworkPolicy.spec.podSelector.matchLabels.app is the ")
            .endsWith(" %s; expected a string\n  put it in quotes: \"%s\"".formatted(value, value));
    }

    @Test
    void when_a_value_is_left_empty() {
        assertThat(refusalOf("matchLabels: {app: }")).isEqualTo("""
            a.yaml:5:35: NetworkPolicy.spec.podSelector.matchLabels.app is empty
              give it a value, or write "" for the empty text""");
    }

    @Test
    void when_a_value_has_64_characters() {
        assertThat(refusalOf("matchLabels: {app: %s}".formatted("a".repeat(64)))).isEqualTo("""
            a.yaml:5:36: NetworkPolicy.spec.podSelector.matchLabels.app is "%s"
              expected at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, or nothing at all"""
            .formatted("a".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-web", "web-", "we b", "web/1", "wéb"})
    void when_a_value_has_a_wrong_character(String value) {
        assertThat(refusalOf("matchLabels: {app: \"%s\"}".formatted(value))).contains("matchLabels.app is \"%s\"\n".formatted(value));
    }

    @Test
    void when_a_value_of_an_expression_has_a_wrong_character() {
        assertThat(refusalOf("matchExpressions: [{key: app, operator: In, values: [web, a/b]}]"))
            .contains("matchExpressions[0].values[1] is \"a/b\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-app", "a b", "a/b/c", "a/"})
    void when_a_key_has_a_wrong_character(String key) {
        assertThat(refusalOf("matchLabels: {\"%s\": web}".formatted(key)))
            .contains("a key of NetworkPolicy.spec.podSelector.matchLabels is \"%s\"\n"
                .formatted(key));
    }

    @Test
    void when_the_name_of_a_key_has_64_characters() {
        assertThat(refusalOf("matchLabels: {a/%s: web}".formatted("b".repeat(64)))).endsWith(
            "expected after the \"/\" at most 63 letters, digits, \"-\", \"_\" and \".\", "
                + "beginning and ending with a letter or digit, such as app");
    }

    @Test
    void when_the_prefix_of_a_key_has_254_characters() {
        assertThat(refusalOf("matchExpressions: [{key: %s/b, operator: Exists}]".formatted("a".repeat(254))))
            .contains("\n  expected before the \"/\" at most 253 of a-z, 0-9, \"-\" and \".\"");
    }

    @Test
    void when_its_labels_are_a_list() {
        assertThat(refusalOf("matchLabels: [app]")).contains("matchLabels is a list; expected a mapping\n");
    }

    private static String refusalOf(String selector) {
        return refusalOfSpec("podSelector: {%s}".formatted(selector));
    }
}

package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Resource.OfNamespace;
import dev.lockdown.manifest.yaml.FlowTabs;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON, and what looks like it,")
class JsonReadingTest {

    @Test
    void may_have_tabs_anywhere_between_its_tokens() {
        assertThat(names("{\t\"apiVersion\"\t:\t\"v1\",\r\n\t\"kind\": \"List\",\n\"items\"\t: [\t\n\t\t"
            + "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"a\"\t}\t}\t]\t}\n")).containsExactly("a");
    }

    @Test
    void may_have_several_documents_one_after_another() {
        assertThat(names(namespace("a") + "\n" + namespace("b") + namespace("c") + "null")).containsExactly("a", "b", "c");
    }

    @Test
    void may_be_YAML_in_braces() {
        assertThat(names("{apiVersion: v1, kind: Namespace, metadata: {name: a}}\n---\n" + namespace("b"))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0061", "a"})
    void may_have_escapes(String name) {
        assertThat(names(namespace(name))).containsExactly("a");
    }

    @Test
    void keeps_escapes_of_every_kind() {
        assertThat(refusal(namespace("\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9")))
            .contains("is \"\"\\/\\u0008\\u000c\\u000a\\u000d\\u0009\u00e9\"");
    }

    @Test
    void has_numbers_booleans_and_nothing_as_YAML_does() {
        assertThat(refusal("""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": null}, "spec": {"hostNetwork": true,
             "containers": [{"ports": [{"containerPort": 1e3}]}]}}""")).startsWith(
            "a.yaml:2:46: Pod.spec.containers[0].ports[0].containerPort is the number 1e3; expected a whole number");
    }

    @Test
    void has_positions_that_count_characters_and_not_their_halves() {
        assertThat(refusal("{\"x\": \"\uD83D\uDE00\",\n\"y\": \"\uD83D\uDE00\", \"kind\": 1, \"apiVersion\": \"v1\"}"))
            .startsWith("a.yaml:2:19: ");
    }

    @Test
    void keeps_the_text_of_each_object() {
        assertThat(read("{\"kind\": \"List\", \"items\": [\n  " + namespace("a") + "]}  " + namespace("b"))
            .resources()).extracting(Resource::text).containsExactly(namespace("a"), namespace("b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "{\"kind\": ; 1:9; the text ends within a value", "{\"kind\": \"Po; 1:13; the text ends within a value",
        "{\"items\": [{}; 1:14; the text ends within a value", "{\"a\" 1}; 1:6; found \"1\"", "{\"a\": [1 2}; 1:10; found \"2\"",
        "{\"a\": 1 \"b\": 2}; 1:9; found \"\"\"", "{\"a\": \"\\x\"}; 1:9; found \"x\"", "{\"a\": \"\\u12\"}; 1:9; found \"u\"",
        "{\"a\": tru]; 1:7; found \"t\"", "{\"a\": 1, \"a\": 2}; 1:10; \"a\" is given twice",
        "{\"a\": \"x\ty\"; 1:9; a string goes on"})
    void that_is_malformed_says_where(String text, String at, String problem) {
        assertThat(refusal(text)).startsWith("a.yaml:" + at + ": ").contains(problem);
    }

    @Test
    void that_nests_for_ever_is_refused() {
        assertThat(refusal("{\"a\": " + "[".repeat(500))).contains("nested more than 200 levels deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a,\tb]", "[\ta, b\t]", "[\n\t\ta,\n\t\tb\n\t]", "[a\t,\tb]\t# x", "[\t\"a\"\t,\t'b' ]", "[a, # it's\n\tb]",
        "[\"a\",\n\tb]"})
    void in_YAML_may_have_tabs_between_its_tokens(String list) {
        assertThat(read("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    args: " + list
            + "\n    ports: [{containerPort: 80}]\n").resources()).hasSize(1);
    }

    @Test
    void in_YAML_keeps_the_tabs_of_its_texts() {
        assertThat(FlowTabs.replace("x: [\t\"a\tb\\\"\t\",\t'c\t''\td',e\tf\t]\t", 0, 4, 0))
            .isEqualTo("x: [ \"a\tb\\\"\t\", 'c\t''\td',e\tf ]\t");
    }

    @Test
    void is_still_refused_where_a_tab_indents_a_block() {
        assertThat(refusal("a:\n\tb: c")).startsWith("a.yaml:2:1: malformed YAML: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!binary aGVsbG8=", "!!timestamp 2026-01-01", "!!timestamp 2026-01-01T00:00:00Z", "2026-01-01"})
    void may_have_the_tags_of_YAML_1_1_in_what_is_passed_over(String value) {
        assertThat(read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nbinaryData:\n  seed: " + value).notes()).hasSize(1);
    }

    @Test
    void has_what_a_binary_value_stands_for() {
        assertThat(names("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: !!binary |\n    aGVs\n    bG8=\n")).containsExactly("hello");
    }

    @Test
    void has_a_text_where_a_tag_makes_a_number_one() {
        assertThat(names("apiVersion: v1\nkind: Namespace\nmetadata: {name: !!timestamp 2026}")).containsExactly("2026");
    }

    private static List<String> names(String text) {
        return read(text).resources().stream().map(r -> ((OfNamespace) r).namespace().name()).toList();
    }

    private static String namespace(String name) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}".formatted(name);
    }
}

package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockdown.manifest.yaml.ManifestException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A text is refused")
class MalformedYamlTest {

    @Test
    void when_a_bracket_is_not_closed() {
        assertThat(refusal("a: [b")).isEqualTo("""
            a.yaml:1:6: malformed YAML: expected ',' or ']', but got <stream end>
              while parsing a flow sequence that starts at line 1; check its indentation (spaces only), quotes and brackets""");
    }

    @Test
    void when_a_line_is_indented_with_a_tab() {
        assertThat(refusal("a:\n\t- b")).startsWith("a.yaml:2:1: malformed YAML: found character '\\t(TAB)' that cannot start any token.");
    }

    @Test
    void when_a_value_has_a_second_colon() {
        assertThat(refusal("a: b: c")).isEqualTo("""
            a.yaml:1:5: malformed YAML: mapping values are not allowed here
              check quotes and brackets, and that the lines above are indented alike""");
    }

    @Test
    void when_a_line_is_no_key_with_a_value() {
        assertThat(refusal("a: b\nc\nd: e\n")).startsWith("a.yaml:2:1: malformed YAML: could not find expected ':'\n");
    }

    @Test
    void when_it_is_a_template() {
        assertThat(refusal("a: b\n{{- if .Values.x }}\n")).isEqualTo("""
            a.yaml:2:1: malformed YAML: could not find expected ':'
              {{ … }} looks like a template; render it first, as helm template does""");
    }

    @Test
    void when_a_template_stands_for_a_value() {
        assertThat(refusal("a: {{ .Values.x }}")).isEqualTo("""
            a.yaml:1:5: a list or mapping stands where a key was expected
              keys are plain words; {{ … }} looks like a template; render it first, as helm template does""");
    }

    @Test
    void when_the_engine_trips_over_an_escape() {
        assertThat(refusal("a: 1\nb: \"\\x")).startsWith("""
            a.yaml:2:2: malformed YAML: the text cannot be read from here on
              check escapes and tags; the reader says:""");
    }

    @Test
    void when_it_has_a_character_that_YAML_does_not_allow() {
        assertThat(refusal("a: b\nx: \u0000")).isEqualTo("""
            a.yaml:2:4: malformed YAML: the character U+0000 is not allowed
              remove it, or escape it in a double-quoted string""");
    }

    @Test
    void when_it_is_of_another_YAML() {
        assertThat(refusal("%YAML 3.0\n---\na: b")).isEqualTo("""
            a.yaml:1:1: malformed YAML: this is YAML 3.0
              expected %YAML 1.2, or no such line""");
    }

    @Test
    void when_a_key_is_given_twice() {
        assertThat(refusal("a:\n  b: 1\n  c: 2\n  b: 3\n")).isEqualTo("""
            a.yaml:4:3: "b" is given twice in one mapping
              first at a.yaml:2:3; keep one of them""");
    }

    @Test
    void when_an_alias_has_no_anchor() {
        assertThat(refusal("a: *b")).isEqualTo("""
            a.yaml:1:4: alias *b refers to an anchor that is not there
              define &b earlier in the same document""");
    }

    @Test
    void when_an_alias_stands_inside_its_own_anchor() {
        assertThat(refusal("a: &b [*b]")).isEqualTo("""
            a.yaml:1:8: alias *b stands inside its own anchor
              an object cannot contain itself""");
    }

    @Test
    void when_a_tag_is_unknown() {
        assertThat(refusal("a: !Ref b")).isEqualTo("""
            a.yaml:1:4: unknown tag "!Ref"
              Kubernetes manifests have no tags of their own; remove it""");
    }

    @Test
    void when_a_tag_is_one_of_YAML_that_no_manifest_needs() {
        assertThat(refusal("a: !!set {b}")).contains("unknown tag \"tag:yaml.org,2002:set\"\n");
    }

    @Test
    void when_a_binary_value_is_no_base64() {
        assertThat(refusal("a: !!binary b")).isEqualTo("""
            a.yaml:1:4: this !!binary value is no base64
              remove the tag, or encode the value as base64 does""");
    }

    @Test
    void when_a_merge_key_merges_no_mapping() {
        assertThat(refusal("a: {<<: b}")).isEqualTo("""
            a.yaml:1:9: the merge key << is the string "b"; expected a mapping or a list of mappings
              write <<: *anchor, where &anchor is on a mapping""");
    }

    @Test
    void when_it_nests_too_deep() {
        assertThat(refusal("[".repeat(100_000))).startsWith("a.yaml:1:202: nested more than 200 levels deep\n");
    }

    @Test
    void when_its_aliases_multiply() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(10)));
        assertThat(refusal(bomb.toString())).isEqualTo("""
            a.yaml:7:14: more than 2,000,000 values, aliases counted each time they are used
              aliases of aliases multiply; write the values out, or split the file""");
    }

    @Test
    void when_its_aliases_multiply_over_many_documents() {
        var bomb = new StringBuilder();
        for (int i = 0; i < 20; i++)
            bomb.append("---\na: &a [%s]\nb: &b [%s]\nc: [%s]\n".formatted("x,".repeat(50), "*a,".repeat(50), "*b,".repeat(50)));
        assertThat(refusal(bomb.toString())).contains("more than 2,000,000 values");
    }

    @Test
    void when_it_is_too_long() {
        assertThat(refusal("# " + "x".repeat(16 << 20))).isEqualTo("""
            a.yaml:1:1: the text is longer than 16,777,216 characters
              split it into several files""");
    }

    @Test
    void with_the_cause_kept() {
        assertThat(catchThrowableOfType(ManifestException.class, () -> Texts.read("a: [b"))).hasCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void without_passing_on_what_a_terminal_would_act_on() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetadata: {name: \"\\e[31m\"}")).contains("name is \"\\u001b[31m\"\n");
    }

    @Test
    void when_an_alias_refers_to_another_document() {
        assertThat(refusal("a: &b 1\n---\nc: *b")).startsWith("a.yaml:3:4: alias *b refers to an anchor that is not there\n");
    }
}

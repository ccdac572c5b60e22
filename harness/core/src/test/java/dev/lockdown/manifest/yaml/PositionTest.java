package dev.lockdown.manifest.yaml;

import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockdown.manifest.Texts;
import dev.lockdown.manifest.Manifests;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A position")
class PositionTest {
    private static final String WRONG_IN_LINE_3 = "apiVersion: v1\nkind: Namespace\nmetadata: {name: X}\n";

    @Test
    void counts_lines_that_end_as_Windows_ends_them() {
        assertThat(refusal(WRONG_IN_LINE_3.replace("\n", "\r\n"))).startsWith("a.yaml:3:18: ");
    }

    @Test
    void does_not_count_a_byte_order_mark() {
        assertThat(refusal("\uFEFF{apiVersion: v1, kind: Namespace, x: y}")).startsWith("a.yaml:1:35: ");
    }

    @Test
    void counts_comments_and_empty_documents() {
        assertThat(refusal("# one\n---\n---\n# four\n" + WRONG_IN_LINE_3)).startsWith("a.yaml:7:18: ");
    }

    @Test
    void counts_a_character_outside_the_basic_plane_once() {
        assertThat(refusal("{apiVersion: v1, kind: Namespace, \"\uD83D\uDE00\": a, metadata: {name: X}}")).startsWith("a.yaml:1:35: ");
    }

    @Test
    void is_that_of_the_feature_where_a_doc_string_quotes_the_manifest() {
        var feature = new Position("deny.feature", 20, 7);
        assertThat(catchThrowableOfType(ManifestException.class, () -> Manifests.read(feature, WRONG_IN_LINE_3, "shop")).position())
            .isEqualTo(new Position("deny.feature", 22, 24));
    }

    @Test
    void is_that_of_the_feature_where_a_doc_string_quotes_malformed_yaml() {
        var feature = new Position("deny.feature", 20, 7);
        assertThat(catchThrowableOfType(ManifestException.class, () -> Manifests.read(feature, "a: b\n{{ x }}", "shop")).position())
            .isEqualTo(new Position("deny.feature", 21, 7));
    }

    @Test
    void of_what_comes_through_an_alias_is_where_it_is_written() {
        assertThat(refusal("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: x, labels: &l {app: "-"}}
            spec:
              podSelector:
                matchLabels: *l
            """)).startsWith("a.yaml:3:38: ");
    }

    @Test
    void stands_apart_from_problem_and_advice() {
        var refused = catchThrowableOfType(ManifestException.class, () -> Texts.read("a: 1\na: 2"));
        assertThat(refused).extracting(ManifestException::position, ManifestException::problem, ManifestException::advice)
            .containsExactly(new Position("a.yaml", 2, 1), "\"a\" is given twice in one mapping", "first at a.yaml:1:1; keep one of them");
    }
}

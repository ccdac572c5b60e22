package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

@DisplayName("The page is for everybody: it")
class AccessTest {
    private static final Html PAGE = Html.of(SampleJournal.RUN);

    @Test
    void asks_the_network_for_nothing() {
        assertThat(
            Pattern.compile("((src|href|srcset)=\"|url\\(|@import)(?!#|data:,).{0,20}").matcher(PAGE.text()).results().map(r -> r.group()))
            .isEmpty();
        assertThat(PAGE.text()).doesNotContain("<img", "<iframe", "@font-face", "XMLHttpRequest", "fetch(").contains("default-src 'none'");
    }

    @Test
    void lets_no_script_run_but_its_own() throws NoSuchAlgorithmException {
        var scripts = PAGE.elements("script");
        assertThat(scripts).extracting(s -> s.getAttribute("type")).containsExactly("application/octet-stream", "");
        int start = PAGE.text().lastIndexOf("<script>") + "<script>".length();
        var own = PAGE.text().substring(start, PAGE.text().indexOf("</script>", start));
        var hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(own.getBytes(StandardCharsets.UTF_8)));
        assertThat(PAGE.elements("meta").stream().map(m -> m.getAttribute("content"))).contains(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-%s'".formatted(hash));
    }

    @Test
    void skips_no_level_of_headings() {
        var levels = PAGE.all().filter(e -> e.getTagName().matches("h[1-6]")).map(e -> e.getTagName().charAt(1) - '0').toList();
        assertThat(levels.getFirst()).isEqualTo(1);
        IntStream.range(1, levels.size()).forEach(i -> assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1));
    }

    @Test
    void says_of_every_table_head_what_it_heads() {
        assertThat(PAGE.elements("th")).isNotEmpty().allSatisfy(th -> assertThat(th.getAttribute("scope")).isIn("row", "col"));
    }

    @Test
    void names_every_table() {
        assertThat(PAGE.elements("table")).isNotEmpty().allSatisfy(table -> {
            boolean named = ((Element) table.getParentNode()).hasAttribute("aria-label");
            assertThat(named).isTrue();
        });
    }

    @Test
    void has_landmarks_and_a_way_to_skip_to_them() {
        assertThat(PAGE.elements("main")).hasSize(1);
        assertThat(PAGE.elements("header")).hasSize(1);
        assertThat(PAGE.elements("footer")).hasSize(1);
        assertThat(
            PAGE.all().filter(e -> e.hasAttribute("href") && !e.getTagName().equals("link")).findFirst().orElseThrow().getAttribute("href"))
            .isEqualTo("#" + PAGE.elements("main").getFirst().getAttribute("id"));
    }

    @Test
    void can_scroll_by_keyboard_whatever_scrolls() {
        var boxes = PAGE.all().filter(e -> e.getAttribute("class").equals("box")).toList();
        assertThat(boxes).isNotEmpty().allSatisfy(box -> assertThat(box.getAttribute("tabindex")).isEqualTo("0"));
    }

    @Test
    void says_how_each_scenario_ended_in_a_word() {
        var ends = PAGE.all().filter(e -> e.getAttribute("class").startsWith("end ")).map(Html::squeezed).distinct().toList();
        assertThat(ends).containsExactlyInAnyOrder("✓ passed", "! broken", "✗ failed", "? inconclusive", "– skipped");
    }

    @Test
    void knows_its_language() {
        assertThat(PAGE.elements("html").getFirst().getAttribute("lang")).isEqualTo("en");
    }
}

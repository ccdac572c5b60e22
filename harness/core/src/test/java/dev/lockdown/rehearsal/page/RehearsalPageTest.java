package dev.lockdown.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.rehearsal.RehearsalText;
import dev.lockdown.rehearsal.Rehearsed;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayName("The page of a rehearsal")
class RehearsalPageTest {
    private static final Rehearsed STORE = Rehearsals.store("store.yaml", "");
    private static final Rehearsed OWN = Rehearsals.store("<b>.yaml", Rehearsals.OWN_POLICY);
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

    private static String page(Rehearsed rehearsed) {
        var out = new StringWriter();
        RehearsalPage.write(rehearsed, out);
        return out.toString();
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(page.replace("<!DOCTYPE html>", ""))));
    }

    private static List<Element> all(Document page, String tag) {
        var nodes = page.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }

    @Test
    void says_in_its_heading_what_came_of_it() {
        assertThat(page(STORE)).contains(
            "A lockdown breaks 38 of 43 needed connections; 24 NetworkPolicies heal all of them, and nothing else is open<",
            "By the API&#39;s rules alone: nothing was probed.");
        assertThat(page(OWN)).contains("The policies of today break 3 connections<", "✗</span> 3 broken today");
    }

    @Test
    void never_is_green_where_healing_is_not_proven() {
        var page = page(Rehearsals.of("""
            apiVersion: v1
            kind: Pod
            metadata: {name: agent, namespace: shop, labels: {app: agent}}
            spec: {hostNetwork: true, containers: [{name: c, ports: [{containerPort: 9100}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: agent, namespace: shop}
            spec: {clusterIP: None, selector: {app: agent}, ports: [{port: 9100}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {containers: [{name: c, env: [{name: A_URL, value: "http://agent:9100"}]}]}
            """));
        assertThat(page).contains(
            "A lockdown breaks 3 of 3 needed connections; 3 NetworkPolicies heal 2 of them, and 1 perhaps, and nothing else is open",
            "?</span> 1 not proven to be healed").doesNotContain("not healed");
    }

    @Test
    void is_well_formed_and_has_no_id_twice() throws Exception {
        for (var rehearsed : List.of(STORE, OWN, Rehearsals.row(60, 3, 2), Rehearsals.row(1, 1, 0))) {
            var page = page(rehearsed);
            assertThat(parsed(page).getDocumentElement().getTagName()).isEqualTo("html");
            assertThat(ID.matcher(page).results().map(m -> m.group(1))).doesNotHaveDuplicates();
        }
    }

    @Test
    void has_every_need_once_with_its_place() throws Exception {
        var rows = all(parsed(page(OWN)), "tr").stream().map(r -> r.getTextContent().replaceAll("\\s+", " ").strip()).toList();
        assertThat(OWN.results()).hasSize(43).allSatisfy(r -> {
            var need = r.need();
            var start = need.from().toString() + need.to() + need.port() + " ";
            assertThat(rows).filteredOn(row -> row.startsWith(start)).as(start).hasSize(1).first().asString()
                .contains(need.because().getFirst().toString());
        });
    }

    @Test
    void has_every_proposal_whole() throws Exception {
        assertThat(all(parsed(page(STORE)), "pre")).extracting(Element::getTextContent)
            .containsExactlyElementsOf(STORE.proposals().stream().map(p -> p.yaml()).toList());
    }

    @Test
    void has_what_was_not_proven_and_what_was_assumed() throws Exception {
        var text = parsed(page(STORE)).getDocumentElement().getTextContent().replaceAll("\\s+", " ");
        assertThat(STORE.unproven()).isNotEmpty().allSatisfy(u -> assertThat(text).contains(u.what(), u.remedy()));
        assertThat(STORE.assumed()).isNotEmpty().allSatisfy(a -> assertThat(text).contains(a));
    }

    @Test
    void says_once_what_is_not_proven_of_many() {
        var pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: shop, labels: {app: %s}}
            spec: {containers: [{name: c, env: [{name: A_URL, value: "https://pay.example"}]}]}
            ---
            """;
        var rehearsed = Rehearsals.of(pod.formatted("a", "a") + pod.formatted("b", "b") + pod.formatted("c", "c"));
        assertThat(rehearsed.unproven()).hasSize(3);
        for (var text : List.of(page(rehearsed), String.join("\n", RehearsalMarkdown.lines(rehearsed)),
            String.join("\n", new RehearsalText(true).lines(rehearsed))))
            assertThat(text).contains("shop/Pod/a", "and 2 more").containsOnlyOnce("nobody said which address pay.example has");
    }

    @Test
    void has_a_picture_of_each_state_in_which_the_application_was_asked() throws Exception {
        assertThat(all(parsed(page(STORE)), "figure")).extracting(f -> f.getAttribute("id")).containsExactly("of-before", "of-lockdown",
            "of-healed");
        assertThat(all(parsed(page(OWN)), "figure")).extracting(f -> f.getAttribute("id")).containsExactly("of-before", "of-today",
            "of-lockdown", "of-healed");
    }

    @Test
    void tells_who_comes_by_the_keyboard_where_a_need_is_written_and_why_it_is_refused() throws Exception {
        var edges = all(parsed(page(STORE)), "g").stream().filter(g -> g.getAttribute("class").startsWith("edge is-broken")).toList();
        assertThat(edges).hasSizeGreaterThan(15).allSatisfy(e -> {
            assertThat(e.getAttribute("tabindex")).isEqualTo("0");
            assertThat(((Element) e.getElementsByTagName("foreignObject").item(0)).getTextContent()).contains("store.yaml:", "denied");
        });
    }

    @Test
    void says_what_is_not_drawn() {
        assertThat(page(STORE)).contains("Not drawn, but in the tables below: 18 connections to DNS and 3 probes of the kubelet.");
        assertThat(page(OWN)).contains("What is open without need is too much to be drawn; it is listed below.");
        assertThat(page(Rehearsals.row(60, 3, 2))).contains("each box is a namespace");
    }

    @Test
    void has_no_secret_in_it() {
        for (var rehearsed : List.of(STORE, OWN))
            assertThat(page(rehearsed) + RehearsalMarkdown.lines(rehearsed)).doesNotContain("planted-secret");
    }

    @Test
    void shows_foreign_text_as_text() {
        assertThat(page(OWN)).contains("&lt;b&gt;.yaml").doesNotContain("<b>.yaml");
        assertThat(String.join("\n", RehearsalMarkdown.lines(OWN)).replaceAll("(?s)```.*?```", "")).contains("&lt;b>.yaml")
            .doesNotContain("<b>.yaml");
    }

    @Test
    void fetches_nothing_and_runs_nothing() {
        assertThat(page(STORE)).contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:\"")
            .doesNotContain("<script", "https:", "src=", "@import", "url(http");
        assertThat(page(STORE).replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:");
    }

    @Test
    void stays_small_where_the_application_is_big() {
        assertThat(page(Rehearsals.row(100, 4, 3)).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
    }

    @Test
    void is_markdown_too() {
        var lines = RehearsalMarkdown.lines(OWN);
        assertThat(lines.getFirst()).startsWith("## ✗ A lockdown breaks 38 of 43");
        assertThat(lines).contains("```mermaid", "flowchart LR",
            "| store/CronJob/report | service:store/database | TCP/5432 | ✗ blocked | ✗ blocked | ✓ works | &lt;b>.yaml:247 env\\[DB\\_HOST] and 1 more |");
        assertThat(lines.stream().filter(l -> l.startsWith("| ") && !l.startsWith("| from"))).hasSize(OWN.results().size());
    }
}

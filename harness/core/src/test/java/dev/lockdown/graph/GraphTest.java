package dev.lockdown.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Group;
import dev.lockdown.graph.Graph.Node;
import dev.lockdown.graph.Graph.Status;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.xml.sax.InputSource;

@Isolated("sets the locale of the whole process")
@DisplayName("A graph")
class GraphTest {
    private static final Graph SHOP = new Graph(
        List.of(new Group("shop", List.of(new Node("shop/web", "web ×3"), new Node("shop/db", "db"))),
            new Group("outside", List.of(new Node("host:partner", "partner")))),
        List.of(new Edge("shop/web", "shop/db", List.of("TCP/5432", "TCP/80"), Status.OPENED, List.of("by shop/db ingress[0]")),
            new Edge("shop/web", "host:partner", List.of("TCP/443"), Status.ALLOWED, List.of())));

    @Test
    void refuses_an_edge_to_nowhere_and_a_node_that_is_there_twice() {
        var node = new Node("a", "a");
        assertThatThrownBy(() -> new Graph(List.of(new Group("g", List.of(node))), List.of(edge("a", "b", Status.ALLOWED))))
            .hasMessage("a to b has an end that is no node");
        assertThatThrownBy(() -> new Graph(List.of(new Group("g", List.of(node, node))), List.of()))
            .hasMessage("node \"a\" is there twice");
    }

    @Test
    void is_drawn_as_well_formed_svg_that_the_tab_key_goes_through() throws Exception {
        var svg =
            DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(GraphSvg.of(SHOP, "", "flows"))));
        var groups = svg.getElementsByTagName("g");
        var stops = IntStream.range(0, groups.getLength()).mapToObj(groups::item)
            .filter(g -> g.getAttributes().getNamedItem("tabindex") != null)
            .map(g -> g.getAttributes().getNamedItem("aria-label").getNodeValue()).toList();
        assertThat(stops).containsExactly("shop/web: reaches 2, is reached by 0", "shop/db: reaches 0, is reached by 1",
            "host:partner: reaches 0, is reached by 1", "shop/web to host:partner on TCP/443: allowed",
            "shop/web to shop/db on TCP/5432, TCP/80: opened");
    }

    @Test
    void has_an_edge_from_a_node_to_itself_beside_it() {
        var own = Drawing.of(new Graph(SHOP.groups(), List.of(edge("shop/db", "shop/db", Status.ALLOWED))));
        var node = own.nodes().get(own.lines().getFirst().from());
        int right = node.x() + Drawing.NODE_WIDTH;
        assertThat(own.lines().getFirst().path()).isEqualTo("M%1$s %2$sC%3$s %4$s %3$s %5$s %1$s %6$s".formatted(right, node.y() + 6,
            right + 54, node.y() - 3, node.y() + 33, node.y() + 24));
    }

    @Test
    void stands_beside_other_pictures_of_a_page() {
        var page = GraphHtml.picture(SHOP, "a-", "flows") + GraphHtml.picture(SHOP, "b-", "flows");
        assertThat(Pattern.compile(" id=\"([^\"]+)\"").matcher(page).results().map(m -> m.group(1))).isNotEmpty().doesNotHaveDuplicates();
        assertThat(page).contains("url(#a-tip-is-opened)", "url(#b-tip-is-opened)", "#b-node-0:is(").doesNotContain("<table");
    }

    @Test
    void tells_the_reasons_to_who_comes_by_the_tab_key() {
        var many = new Edge("shop/web", "shop/db", List.of("TCP/80"), Status.SHUT, List.of("<1>", "2", "3", "4", "5"));
        assertThat(GraphSvg.of(new Graph(SHOP.groups(), List.of(many)), "", "flows")).contains(
            "<div><b>shop/web to shop/db on TCP/80: shut</b><br/>&lt;1&gt;<br/>2<br/>3<br/>and 2 more</div></foreignObject>");
    }

    @Test
    void is_drawn_alike_each_time() {
        assertThat(GraphSvg.of(SHOP, "", "flows")).isEqualTo(GraphSvg.of(new Graph(SHOP.groups(), SHOP.edges()), "", "flows"));
    }

    @Test
    void has_no_two_nodes_on_one_place_and_all_of_them_in_the_picture() {
        var groups = IntStream.range(0, 7).mapToObj(g -> new Group("ns" + g,
            IntStream.range(0, g + 1).mapToObj(n -> new Node("ns" + g + "/" + n, "pod " + n)).toList())).toList();
        var layout = Layout.of(new Graph(groups, List.of(edge("ns1/0", "ns6/3", Status.ALLOWED))));
        assertThat(layout.places()).hasSize(28);
        assertThat(layout.places().values()).extracting(p -> p.x() + "," + p.y()).doesNotHaveDuplicates();
        assertThat(layout.places().values()).allSatisfy(p -> {
            assertThat(p.right()).isLessThan(layout.width());
            assertThat(p.y() + Layout.NODE_HEIGHT).isLessThan(layout.height());
        });
    }

    @Test
    void tells_every_status_apart_without_colour() {
        assertThat(Arrays.stream(Status.values()).map(s -> s.sign() + s.dashes())).doesNotHaveDuplicates();
        var html =
            GraphHtml.fragment(new Graph(SHOP.groups(), Arrays.stream(Status.values()).map(s -> edge("shop/web", "shop/db", s)).toList()));
        for (var status : Status.values()) assertThat(html).contains(status.sign() + (status.sign().isEmpty() ? "" : " ") + status.word());
    }

    @Test
    void has_the_digits_of_machines_in_every_locale() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(GraphHtml.fragment(SHOP) + GraphText.mermaid(SHOP)).doesNotContainPattern("[\\u0660-\\u0669]");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void is_a_table_too() {
        assertThat(GraphHtml.fragment(SHOP)).contains("<td data-of=\"from\">shop/web</td><td data-of=\"to\">shop/db</td>"
            + "<td data-of=\"on\">TCP/5432, TCP/80</td><td data-of=\"is\">+ opened</td><td data-of=\"because\">by shop/db ingress[0]</td>");
    }

    @Test
    void fetches_nothing_and_runs_nothing() {
        var page = GraphHtml.page("Who reaches whom", List.of("1 flow"), SHOP);
        assertThat(page).contains("default-src 'none'").doesNotContain("<script", "https:", "src=", "@import", "url(http");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:");
    }

    @Test
    void shows_foreign_text_as_text() {
        var evil = "<b>\"&\u202e\u001b[31m";
        var graph = new Graph(List.of(new Group(evil, List.of(new Node(evil, evil)))), List.of());
        assertThat(GraphHtml.page(evil, List.of(evil), graph)).doesNotContain("<b>", "\u202e", "\u001b").contains("&lt;b&gt;&quot;&amp;");
        assertThat(GraphText.dot(graph)).contains("\"<b>\\\"&\uFFFD\uFFFD[31m\"");
        assertThat(GraphText.mermaid(graph)).contains("[\"#lt;b#gt;#quot;&\uFFFD\uFFFD[31m\"]");
    }

    @Test
    void is_written_for_graphviz_and_mermaid() {
        assertThat(GraphText.dot(SHOP)).contains("subgraph cluster_0 {\n    label=\"shop\";\n    \"shop/web\" [label=\"web ×3\"];",
            "\"shop/web\" -> \"shop/db\" [label=\"TCP/5432, TCP/80 (opened)\", style=bold];");
        assertThat(GraphText.mermaid(SHOP)).isEqualTo("""
            flowchart LR
              subgraph g0["shop"]
                n0["web ×3"]
                n1["db"]
              end
              subgraph g1["outside"]
                n2["partner"]
              end
              n0 ==>|"TCP/5432, TCP/80 (opened)"| n1
              n0 -->|"TCP/443"| n2
            """);
    }

    private static Edge edge(String from, String to, Status status) {
        return new Edge(from, to, List.of("TCP/80"), status, List.of());
    }
}

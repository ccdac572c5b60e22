package dev.lockdown.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.graph.Graph;
import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Node;
import dev.lockdown.graph.Graph.Status;
import dev.lockdown.graph.GraphText;
import dev.lockdown.need.Purpose;
import dev.lockdown.rehearsal.Rehearsed;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The graph of a rehearsal")
class RehearsalGraphTest {
    private static final Rehearsed STORE = Rehearsals.store("store.yaml", "");
    private static final Rehearsed OWN = Rehearsals.store("store.yaml", Rehearsals.OWN_POLICY);

    @ParameterizedTest
    @EnumSource
    void has_an_edge_for_each_need_but_dns_and_probes(State state) {
        var graph = RehearsalGraph.of(OWN, state);
        var drawn = OWN.results().stream()
            .filter(r -> r.need().purpose() != Purpose.DNS && r.need().purpose() != Purpose.PROBE).toList();
        assertThat(drawn).hasSizeGreaterThan(20);
        assertThat(drawn).allSatisfy(r -> assertThat(r.ends()).isNotEmpty().allSatisfy(end -> assertThat(graph.edges())
            .anyMatch(e -> e.from().equals(r.need().from().toString()) && e.to().equals(end.toString())
                && e.labels().contains(r.need().port().toString()))));
        assertThat(graph.edges()).noneMatch(e -> e.from().equals("node") || e.to().equals("dns"));
    }

    @Test
    void has_the_workloads_behind_services_in_their_namespaces() {
        var graph = RehearsalGraph.of(STORE, State.BEFORE);
        assertThat(graph.groups()).extracting(Graph.Group::name).containsExactly("observability", "outside", "store");
        assertThat(graph.groups().getLast().nodes()).extracting(Node::label).contains("web", "cart", "database", "report")
            .noneMatch(l -> l.startsWith("service"));
        assertThat(edge(graph, "store/Deployment/web", "store/Deployment/orders").labels()).containsExactly("TCP/80");
    }

    @Test
    void tells_in_each_state_what_became_of_a_need() {
        assertThat(status(STORE, State.BEFORE)).isEqualTo(Status.ALLOWED);
        assertThat(status(STORE, State.LOCKDOWN)).isEqualTo(Status.BROKEN);
        assertThat(status(STORE, State.HEALED)).isEqualTo(Status.HEALED);
        assertThat(edge(RehearsalGraph.of(OWN, State.TODAY), "store/CronJob/report", "store/StatefulSet/database").status())
            .isEqualTo(Status.BROKEN);
        assertThat(edge(RehearsalGraph.of(STORE, State.LOCKDOWN), "store/Deployment/mail", "host:smtp.mail.example").status())
            .isEqualTo(Status.UNPROVEN);
    }

    @Test
    void says_where_a_need_is_written_and_why_it_is_refused() {
        assertThat(edge(RehearsalGraph.of(STORE, State.LOCKDOWN), "store/Deployment/web", "store/Deployment/orders").reasons())
            .contains("needed by store.yaml:55 env[ORDERS_URL]", "dialled as service:store/orders")
            .anyMatch(r -> r.startsWith("denied by store/default-deny"));
    }

    @Test
    void shows_what_is_open_and_nobody_needs() {
        var small = Rehearsals.of("""
            {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop, labels: {app: a}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: shop, labels: {app: b}}, spec: {containers: [{name: c, env: [{name: A_URL, value: "http://a"}]}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: x, namespace: shop, labels: {app: x}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}, spec: {selector: {app: a}, ports: [{port: 80}]}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: shop}, spec: {podSelector: {matchLabels: {app: a}}, ingress: [{}]}}
            """);
        assertThat(edge(RehearsalGraph.of(small, State.TODAY), "shop/Pod/x", "shop/Pod/a").status()).isEqualTo(Status.UNNEEDED);
        assertThat(RehearsalGraph.of(small, State.HEALED).edges()).extracting(Edge::status).containsExactly(Status.HEALED);
    }

    @Test
    void is_drawn_by_namespace_where_it_is_too_big() {
        var row = Rehearsals.row(60, 3, 2);
        var graph = RehearsalGraph.of(row, State.LOCKDOWN);
        assertThat(graph.groups()).extracting(Graph.Group::name).contains("ns0", "ns1", "ns2");
        assertThat(graph.groups().getFirst().nodes()).extracting(Node::label).containsExactly("20 workloads");
        assertThat(graph.edges().stream().mapToInt(e -> Integer.parseInt(e.labels().getFirst().replaceAll(" .*", ""))).sum())
            .isEqualTo(120);
        assertThat(graph.edges()).allSatisfy(e -> assertThat(e.reasons()).hasSizeLessThan(14));
        assertThat(RehearsalGraph.isByNamespace(STORE)).isFalse();
    }

    @Test
    void is_text_for_graphviz_and_mermaid() {
        var graph = RehearsalGraph.of(STORE, State.HEALED);
        assertThat(GraphText.dot(graph)).contains("label=\"store\";", "\"store/Deployment/web\" [label=\"web\"];",
            "\"store/Deployment/web\" -> \"store/Deployment/orders\" [label=\"TCP/80 (healed)\", style=bold];",
            "\"store/Deployment/mail\" -> \"host:smtp.mail.example\" [label=\"TCP/587 (not proven)\", style=dashed];");
        assertThat(GraphText.mermaid(graph).lines().filter(l -> l.contains("|")).toList()).hasSize(graph.edges().size())
            .allMatch(l -> l.matches(" {2}n\\d+ (==>|-\\.->|-->)\\|\"[^\"|]+\"\\| n\\d+"));
    }

    private static Status status(Rehearsed rehearsed, State state) {
        return edge(RehearsalGraph.of(rehearsed, state), "store/Deployment/web", "store/Deployment/cart").status();
    }

    private static Edge edge(Graph graph, String from, String to) {
        List<Edge> found = graph.edges().stream().filter(e -> e.from().equals(from) && e.to().equals(to)).toList();
        assertThat(found).as(from + " to " + to).hasSize(1);
        return found.getFirst();
    }
}

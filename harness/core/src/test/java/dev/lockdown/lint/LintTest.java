package dev.lockdown.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Note;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Lint")
class LintTest {
    private static final String SHOP = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}
        spec: {containers: [{name: m, ports: [{containerPort: 8080, name: http}, {containerPort: 53, protocol: UDP, name: dns}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: db, namespace: shop, labels: {app: db, tier: back}}
        spec: {containers: [{name: m, ports: [{containerPort: 5432, name: pg}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: prom, namespace: monitoring, labels: {app.kubernetes.io/name: prometheus}}
        spec: {containers: [{name: m}]}
        ---
        """;

    @Test
    void says_of_a_policy_what_it_was_meant_to_select() {
        assertThat(texts(policy("{matchLabels: {app: wbe}}", "[]")))
            .containsExactly("policy shop/p selects no pod: no pod of shop has app=wbe; did you mean app=web?");
    }

    @Test
    void names_a_label_that_pods_have_under_another_key() {
        assertThat(texts(policy("{matchLabels: {name: web}}", "[]")))
            .containsExactly("policy shop/p selects no pod: no pod of shop has name=web; did you mean app=web?");
    }

    @Test
    void says_where_else_the_pods_are_that_a_policy_means() {
        assertThat(texts(policy("{matchLabels: {app.kubernetes.io/name: prometheus}}", "[]"))).singleElement().asString()
            .endsWith("; monitoring has such pods, and a policy selects pods of its own namespace alone");
    }

    @Test
    void knows_that_two_labels_are_not_of_one_pod() {
        assertThat(texts(policy("{matchLabels: {app: web, tier: back}}", "[]")))
            .containsExactly("policy shop/p selects no pod: no pod of shop has app=web and tier=back together; shop/db lacks app=web");
    }

    @Test
    void reads_expressions() {
        assertThat(texts(policy("{matchExpressions: [{key: app, operator: In, values: [api, wbe]}]}", "[]")))
            .containsExactly("policy shop/p selects no pod: no pod of shop has app in (api, wbe); did you mean app=web?");
        assertThat(texts(policy("{matchExpressions: [{key: app, operator: DoesNotExist}]}", "[]")))
            .containsExactly("policy shop/p selects no pod: every pod of shop has a label app");
        assertThat(texts(policy("{matchExpressions: [{key: app, operator: NotIn, values: [web, db]}]}", "[]")))
            .containsExactly("policy shop/p selects no pod: every pod of shop has app in (web, db)");
        assertThat(texts(policy("{matchExpressions: [{key: name, operator: Exists}]}", "[]"))).singleElement().asString()
            .startsWith("policy shop/p selects no pod: no pod of shop has a label name; there is app=db, app=web");
        assertThat(texts(policy("{matchExpressions: [{key: app, operator: NotIn, values: [api]}]}", "[]"))).isEmpty();
    }

    @Test
    void says_by_what_a_namespace_is_named() {
        assertThat(texts(policy("{}", "[{from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]}]"))).containsExactly(
            "policy shop/p ingress[0].from[0] matches nothing: no namespace has name=monitoring; its name is kubernetes.io/metadata.name");
    }

    @Test
    void says_that_a_pod_selector_alone_stays_at_home() {
        assertThat(texts(policy("{}", "[{from: [{podSelector: {matchLabels: {app.kubernetes.io/name: prometheus}}}]}]")))
            .singleElement().asString().startsWith("policy shop/p ingress[0].from[0] matches nothing: ")
            .endsWith("; monitoring has such pods, and a podSelector alone means pods of the policy's own namespace");
    }

    @Test
    void looks_for_pods_in_the_namespaces_of_a_peer() {
        var metadataName = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}, podSelector: {matchLabels: {app: %s}}}";
        assertThat(texts(policy("{}", "[{from: [" + metadataName.formatted("shop", "db") + "]}]"))).isEmpty();
        assertThat(texts(policy("{}", "[{from: [" + metadataName.formatted("shop", "bd") + "]}]"))).containsExactly(
            "policy shop/p ingress[0].from[0] matches nothing: no pod of shop has app=bd; did you mean app=db?");
        assertThat(texts(policy("{}", "[{from: [" + metadataName.formatted("empty", "db") + "]}]"))).containsExactly(
            "policy shop/p ingress[0].from[0] matches nothing: there is no pod of empty");
        assertThat(texts(policy("{}", "[{from: [" + metadataName.formatted("shpo", "db") + "]}]"))).containsExactly(
            "policy shop/p ingress[0].from[0] matches nothing: no namespace has kubernetes.io/metadata.name=shpo; "
                + "did you mean kubernetes.io/metadata.name=shop?");
    }

    @Test
    void says_of_which_namespaces_no_labels_are_known() {
        var state = state(SHOP + policy("{}", "[{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]"));
        var notes = Lint.notes(state, List.of(), Set.of("monitoring"));
        assertThat(notes).singleElement().extracting(Note::text).asString()
            .endsWith(" (no manifest declares monitoring, so only kubernetes.io/metadata.name is known of it)");
    }

    @Test
    void takes_blocks_for_what_they_are() {
        assertThat(texts(policy("{}", "[{from: [{ipBlock: {cidr: 198.51.100.0/24}}]}]"))).isEmpty();
    }

    @Test
    void knows_port_names_by_protocol() {
        assertThat(texts(policy("{}", "[{ports: [{port: http}, {port: dns, protocol: UDP}]}]"))).isEmpty();
        assertThat(texts(policy("{}", "[{ports: [{port: dns}]}]"))).containsExactly(
            "policy shop/p ingress[0].ports[0] matches nothing: no pod that it selects names a TCP port dns; dns is UDP/53");
        assertThat(texts(policy("{matchLabels: {app: db}}", "[{ports: [{port: http}]}]"))).containsExactly(
            "policy shop/p ingress[0].ports[0] matches nothing: no pod that it selects names a TCP port http; there is pg=TCP/5432");
    }

    @Test
    void asks_the_destinations_of_egress_for_port_names() {
        assertThat(texts(egress("[{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: pg}]}]"))).isEmpty();
        assertThat(texts(egress("[{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: pg}]}]"))).isEmpty();
        assertThat(texts(egress("[{ports: [{port: postgres}]}]"))).containsExactly(
            "policy shop/p egress[0].ports[0] matches nothing: no pod that it may reach names a TCP port postgres; "
                + "there is http=TCP/8080, pg=TCP/5432");
        assertThat(texts(egress("[{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: htpp}]}]"))).containsExactly(
            "policy shop/p egress[0].ports[0] matches nothing: no pod that it may reach names a TCP port htpp; did you mean http?");
    }

    @Test
    void leaves_rules_alone_that_have_no_effect() {
        var policy = policy("{}", "[{ports: [{port: https}]}]").replace("policyTypes: [Ingress]", "policyTypes: [Egress]");
        assertThat(texts(policy)).isEmpty();
    }

    @Test
    void says_of_a_service_that_it_selects_nothing() {
        assertThat(texts(service("{app: wbe}", "htpp"))).containsExactly(
            "service shop/s selects no pod: no pod of shop has app=wbe; did you mean app=web?",
            "service shop/s TCP/80 goes nowhere: no pod of shop names a TCP port htpp; did you mean http?");
        assertThat(texts(service("{app: db}", "http"))).containsExactly(
            "service shop/s TCP/80 goes nowhere: no pod that it selects names a TCP port http; there is pg=TCP/5432");
        assertThat(texts(service("{app: web}", "http"))).isEmpty();
        assertThat(texts(service("{}", "http"))).isEmpty();
    }

    @Test
    void gives_the_line_of_the_part() {
        var written = Manifests.read("scrape.yaml", """
            # two lines of
            # comment
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: p, namespace: shop}
            spec:
              podSelector: {}
              ingress:
              - from:
                - podSelector: {}
                - podSelector: {matchLabels: {app: nobody}}
                ports: [{port: http}, {port: https}]
            """, "shop");
        var notes = Lint.notes(state(SHOP).after(written.changes()), written.resources(), Set.of());
        assertThat(notes).extracting(Note::kind, Note::object, n -> String.valueOf(n.at()))
            .containsExactly(tuple("NetworkPolicy", "shop/p", "scrape.yaml:11:1"),
                tuple("NetworkPolicy", "shop/p", "scrape.yaml:12:1"));
    }

    private static List<String> texts(String yaml) {
        return Lint.notes(state(SHOP + yaml), List.of(), Set.of()).stream().map(Note::text).toList();
    }

    private static ClusterState state(String yaml) {
        var namespaces = List.of("shop", "monitoring", "empty").stream()
            .<Change>map(n -> new Change.ApplyNamespace(new Namespace(n, Map.of()))).toList();
        return ClusterState.ofNodes(List.of()).after(namespaces).after(Manifests.read("a.yaml", yaml, "shop").changes());
    }

    private static String policy(String selector, String ingress) {
        return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\n"
            + "spec:\n  podSelector: %s\n  policyTypes: [Ingress]\n  ingress: %s\n".formatted(selector, ingress);
    }

    private static String egress(String egress) {
        return policy("{}", "[]").replace("[Ingress]", "[Egress]").replace("ingress: []", "egress: " + egress);
    }

    private static String service(String selector, String target) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  selector: %s\n  ports: [{port: 80, targetPort: %s}]\n"
            .formatted(selector, target);
    }
}

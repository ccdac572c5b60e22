package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.run.ExitStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without probes: what people feed it, and what it says to that.
@DisplayName("A table of manifests")
class TableCommandTest {
    private static final String PODS = pod("web") + pod("api");
    @TempDir
    Path folder;
    private Typist typist = new Typist(Path.of(""));

    @BeforeEach
    void start() {
        typist = new Typist(folder);
    }

    @Test
    void skips_and_counts_other_kinds_and_empty_documents() throws IOException {
        var status = table("# Source: a.yaml\n---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n"
            + "apiVersion: example.org/v1\nkind: Gizmo\nmetadata: {name: g}\n---\n" + PODS);
        assertThat(status).isEqualTo(ExitStatus.OK);
        assertThat(typist.err()).startsWith("note: skipped: 1 ConfigMap, 1 Gizmo; Lockdown reads ");
        assertThat(typist.out()).contains("4 flows expected: 4 allowed, 0 denied");
    }

    @Test
    void does_not_mind_windows_line_ends_and_a_byte_order_mark() throws IOException {
        assertThat(table("\uFEFF" + PODS.replace("\n", "\r\n"))).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("4 flows expected");
    }

    @Test
    void reads_lists_and_anchors() throws IOException {
        assertThat(table("""
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Pod, metadata: {name: web, labels: &l {app: web}}, spec: &s {containers: [{name: m, ports: [{containerPort: 80}]}]}}
            - {apiVersion: v1, kind: Pod, metadata: {name: api, labels: *l}, spec: *s}
            """)).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("default/api  ✓            ✓");
    }

    @Test
    void refuses_an_object_that_is_there_twice_and_says_where() throws IOException {
        assertThat(table(pod("web") + pod("web"))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("pod shop/web is there twice", "first at ");
    }

    @Test
    void refuses_versions_that_it_does_not_read() throws IOException {
        assertThat(table("apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {}}\n"))
            .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("NetworkPolicy of apiVersion \"extensions/v1beta1\" is not read",
            "expected apiVersion: networking.k8s.io/v1");
    }

    @Test
    void warns_of_a_policy_that_selects_nothing() throws IOException {
        assertThat(table(PODS + policy("idle", "app: nobody"))).isEqualTo(ExitStatus.OK);
        assertThat(typist.err()).isEqualTo(
            "warning: %s:14:1: policy shop/idle selects no pod: no pod of shop has app=nobody; there is app=api, app=web\n"
                .formatted(folder.resolve("a.yaml")));
    }

    @Test
    void knows_the_dns_that_every_cluster_has() throws IOException {
        var dns =
            "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: %s}}}";
        var policy = policy("dns", "app: web").replace("}}}\n", "}}, policyTypes: [Egress], egress: [{to: [" + dns + "]}]}\n");
        assertThat(table(PODS + policy.formatted("kube-dns"))).isEqualTo(ExitStatus.OK);
        assertThat(typist.err()).isEmpty();
        assertThat(table(PODS + policy.formatted("coredns"))).isEqualTo(ExitStatus.OK);
        assertThat(typist.err())
            .contains("egress[0].to[0] matches nothing: no pod of kube-system has k8s-app=coredns; there is k8s-app=kube-dns");
    }

    @Test
    void does_not_warn_of_what_a_later_state_mends() throws IOException {
        var then = write("then.yaml", pod("nobody"));
        assertThat(table(PODS + policy("idle", "app: nobody"), "--then", then.toString())).isEqualTo(ExitStatus.OK);
        assertThat(typist.err()).isEmpty();
    }

    @Test
    void agrees_with_nothing_where_nothing_was_compared() throws IOException {
        assertThat(table(PODS, "--output", "json")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("\"agree\" : null");
    }

    @Test
    void counts_what_the_api_leaves_open() throws IOException {
        table(PODS
            + "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\nspec: {selector: {app: wbe}, ports: [{port: 80}]}\n");
        assertThat(typist.out()).contains("6 flows expected: 4 allowed, 0 denied, 2 left open by the API");
    }

    @Test
    void takes_names_of_253_characters_and_no_longer_ones() throws IOException {
        var longest = "a".repeat(62) + "." + "b".repeat(62) + "." + "c".repeat(62) + "." + "d".repeat(62) + ".e";
        assertThat(table(pod(longest) + policy(longest, "app: web"))).isEqualTo(ExitStatus.OK);
        assertThat(table(pod(longest + "f"))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("expected at most 253 of a-z");
    }

    @Test
    void takes_ten_thousand_policies() throws IOException {
        var policies = IntStream.range(0, 10_000).mapToObj(i -> policy("p" + i, "app: web")).collect(Collectors.joining());
        assertThat(table(PODS + policies)).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("3 allowed, 1 denied");
    }

    @Test
    void says_that_there_is_nothing_to_ask_where_no_pod_has_a_port() throws IOException {
        assertThat(table(PODS.replace(", ports: [{containerPort: 80}]", ""))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("no pod declares a port").contains("--port TCP/80");
    }

    @Test
    void says_that_there_is_nobody_to_ask_in_an_empty_file() throws IOException {
        assertThat(table("")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("no pods and no workloads");
    }

    @Test
    void names_the_further_state_that_does_not_fit() throws IOException {
        var then = write("then.yaml", "$patch: delete\napiVersion: v1\nkind: Pod\nmetadata: {name: nobody, namespace: shop}\n");
        assertThat(table(PODS, "--then", then.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--then " + then + ": there is no pod \"shop/nobody\"");
    }

    @Test
    void takes_an_export_of_something_terminating_as_still_there() throws IOException {
        assertThat(table(PODS.replace("name: api,", "name: api, deletionTimestamp: \"2026-01-01T00:00:00Z\","))).isEqualTo(ExitStatus.OK);
        assertThat(typist.err()).contains("counts as still there");
        assertThat(typist.out()).contains("4 flows expected");
    }

    @Test
    void reads_standard_input() throws IOException {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(PODS.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(typist.types("table", "-f", "-", "--expected-only")).isEqualTo(ExitStatus.OK);
        } finally {
            System.setIn(before);
        }
        assertThat(typist.out()).contains("4 flows expected");
    }

    @Test
    void asks_a_machine_outside() throws IOException {
        assertThat(table(PODS, "--host", "partner.example=203.0.113.7,TCP/443")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("host:partner.example").contains("8 flows expected: 8 allowed");
    }

    @Test
    void refuses_a_machine_outside_that_serves_nothing() throws IOException {
        assertThat(table(PODS, "--host", "partner.example=203.0.113.7")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("serves nothing").contains("partner.example=203.0.113.10,TCP/443");
    }

    @Test
    void explains_a_port_that_nobody_serves() throws IOException {
        var file = write("pods.yaml", PODS + policy("shut", "app: web"));
        assertThat(typist.types("explain", "-f", file.toString(), "--from", "shop/api", "--to", "shop/web", "--port", "TCP/9999"))
            .isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("denied by shop/shut (ingress of shop/web)");
    }

    private ExitStatus table(String yaml, String... more) throws IOException {
        var words = new ArrayList<>(List.of("table", "-f", write("a.yaml", yaml).toString(), "--expected-only"));
        words.addAll(List.of(more));
        return typist.types(words.toArray(String[]::new));
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }

    private static String pod(String name) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: %s, namespace: shop, labels: {app: %s}}\n".formatted(name,
            name.length() > 63 ? "web" : name) + "spec: {containers: [{name: m, ports: [{containerPort: 80}]}]}\n---\n";
    }

    private static String policy(String name, String labels) {
        return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: %s, namespace: shop}\n".formatted(name)
            + "spec: {podSelector: {matchLabels: {%s}}}\n---\n".formatted(labels);
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A table of workloads")
class TableComparisonTest {
    private static final String CRM = workload("Deployment", "web", 12, 8080) + workload("StatefulSet", "pg", 2, 5432)
        + policy("deny", "{}", "[]") + policy("pg", "{matchLabels: {app: pg}}", "[{from: [{podSelector: {matchLabels: {app: web}}}]}]");

    @TempDir
    private Path folder;
    private Typist typist = new Typist(Path.of(""));

    @BeforeEach
    void start() {
        typist = new Typist(folder);
    }

    @Test
    void has_one_row_where_all_replicas_agree() throws IOException {
        table(CRM);
        assertThat(typist.out()).isEqualTo("""
            TCP/5432
                           crm/pg ×2
              crm/pg ×2    ✗
              crm/web ×12  ✓

            TCP/8080
                           crm/web ×12
              crm/pg ×2    ✗
              crm/web ×12  ✗

            196 flows expected: 38 allowed, 158 denied (✓ allowed  ✗ denied  ± some  ? the API leaves it open)
            """);
    }

    @Test
    void counts_as_people_do_where_it_is_wide() throws IOException {
        table(CRM, "--wide");
        assertThat(typist.out()).contains("  crm/web-2   ✓         ✓\n  crm/web-3 ", "  crm/web-9   ✓         ✓\n  crm/web-10 ");
        assertThat(typist.out()).doesNotContain("×");
    }

    @Test
    void splits_a_workload_where_its_replicas_do_not_agree() throws IOException {
        var pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: pg-%s, namespace: crm, labels: {app: %s}, ownerReferences: [{kind: StatefulSet, name: pg, controller: true}]}
            spec: {containers: [{name: m, ports: [{containerPort: 5432}]}]}
            ---
            """;
        table(CRM + pod.formatted("0", "pg") + pod.formatted("1", "pg") + pod.formatted("9", "odd"));
        assertThat(typist.out()).contains("crm/pg-0 +1  crm/pg-9", "  crm/web ×12  ✓            ✗\n");
    }

    @Test
    void lists_what_a_change_opens_with_the_line_of_the_rule() throws IOException {
        var then = write("then.yaml", policy("pg", "{matchLabels: {app: pg}}", "[{from: [{podSelector: {}}]}]"));
        assertThat(table(CRM, "--then", then, "--only-differences", "--fail-on", "opened")).isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("opened: crm/pg ×2 to crm/pg ×2 on TCP/5432 (2 flows): denied before, allowed now\n"
            + "    = by crm/pg ingress[0].from[0] (" + then + ":7)\nshut: nothing\n");
        assertThat(table(CRM, "--then", then, "--fail-on", "shut")).isEqualTo(ExitStatus.OK);
    }

    @Test
    void compares_two_inputs_and_says_what_shuts() throws IOException {
        var base = write("base.yaml", CRM);
        var head = write("head.yaml", CRM.replace("{app: web}}}]}]", "{app: nobody}}}]}]"));
        assertThat(types("table", "--base", base, "--head", head, "--only-differences", "--fail-on", "opened")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains(
            "opened: nothing\nshut: crm/web ×12 to crm/pg ×2 on TCP/5432 (24 flows): allowed before, denied now\n",
            "    = crm/pg isolates crm/pg-0 (ingress) (" + head + ":", "    = crm/pg ingress[0].from[0] allowed it before (" + base + ":");
        assertThat(types("table", "--base", base, "--head", head, "--fail-on", "opened,shut")).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void says_that_no_policy_isolates_any_more() throws IOException {
        var then = write("then.yaml", "$patch: delete\n" + policy("deny", "{}", "[]"));
        table(CRM, "--then", then, "--only-differences");
        assertThat(typist.out()).contains("opened: crm/pg ×2 to crm/web ×12 on TCP/8080 (24 flows): denied before, allowed now\n"
            + "    = no policy isolates crm/web-1 (ingress)\n");
    }

    @Test
    void compares_pods_of_other_names_by_their_workload() throws IOException {
        var base = write("base.yaml", dumped("web-1") + dumped("web-2"));
        assertThat(
            types("table", "--base", base, "--head", write("head.yaml", dumped("web-3") + dumped("web-4")), "--fail-on", "opened,new"))
            .isEqualTo(ExitStatus.OK);
        assertThat(
            types("table", "--base", base, "--head", write("head.yaml", dumped("web-3") + workload("Job", "job", 1, 80)), "--fail-on",
                "new"))
            .isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("new: crm/job to crm/web on TCP/80, which was not there before\n");
    }

    @Test
    void has_what_policies_speak_of_besides_pods() throws IOException {
        var egress = policy("out", "{matchLabels: {app: web}}", "[{from: [{ipBlock: {cidr: 198.51.100.0/24}}]}]").replace(
            "policyTypes: [Ingress]", "policyTypes: [Ingress, Egress]")
            .replace("---", "  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, "
                + "172.16.0.0/12, 192.168.0.0/16]}}], ports: [{port: 443}]}, {ports: [{port: 53, protocol: UDP}]}, {ports: [{port: 6443}]}]\n---");
        table(CRM + egress);
        assertThat(typist.out()).contains("UDP/53\n               service:kube-system/kube-dns\n  crm/pg ×2    ✓\n  crm/web ×12  ✓\n",
            "  198.51.100.0/24  ", "0.0.0.0/0 except 10.0.0.0/8 …", "kubernetes-api");
    }

    @ParameterizedTest
    @CsvSource({"csv,'1,crm/web-1,crm/pg-0,TCP,5432,IPv4,allowed,,'", "markdown,| crm/web ×12 | ✓ |", "dot,digraph flows {",
        "mermaid,-->|\"TCP/5432\"|", "html,<td data-of=\"from\">crm/web ×12</td><td data-of=\"to\">crm/pg ×2</td>"})
    void is_written_for_other_tools(String output, String text) throws IOException {
        assertThat(table(CRM, "--output", output)).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains(text);
    }

    @Test
    void marks_in_the_picture_what_a_change_opens_and_shuts() throws IOException {
        var then = write("then.yaml", policy("pg", "{matchLabels: {app: pg}}", "[{from: [{podSelector: {matchLabels: {app: pg}}}]}]"));
        table(CRM, "--then", then, "--output", "dot");
        assertThat(typist.out()).contains("\"crm/web ×12\" -> \"crm/pg ×2\" [label=\"TCP/5432 (shut)\", style=dashed];");
    }

    @Test
    void refuses_to_fail_on_a_comparison_that_is_none() throws IOException {
        assertThat(table(CRM, "--fail-on", "opened")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err())
            .contains("--fail-on compares states, and there is one; give a further one with --then, or --base and --head");
        assertThat(table(CRM, "--fail-on", "closed")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("\"closed\" is nothing to fail on; expected opened, shut or new");
        assertThat(types("table", "--base", write("b.yaml", CRM))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(types("table")).isEqualTo(ExitStatus.BAD_INPUT);
    }

    private ExitStatus table(String yaml, String... more) throws IOException {
        var words = new ArrayList<>(List.of("table", "-f", write("a.yaml", yaml), "--expected-only"));
        words.addAll(Arrays.asList(more));
        return types(words.toArray(String[]::new));
    }

    private ExitStatus types(String... words) {
        return typist.types(words);
    }

    private String write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml).toString();
    }

    private static String workload(String kind, String name, int replicas, int port) {
        return """
            apiVersion: %s
            kind: %s
            metadata: {name: %s, namespace: crm}
            spec:
              replicas: %d
              template:
                metadata: {labels: {app: %s}}
                spec: {containers: [{name: m, ports: [{containerPort: %d}]}]}
            ---
            """.formatted(kind.equals("Job") ? "batch/v1" : "apps/v1", kind, name, replicas, name, port);
    }

    private static String policy(String name, String selector, String ingress) {
        return """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: %s, namespace: crm}
            spec:
              podSelector: %s
              policyTypes: [Ingress]
              ingress: %s
            ---
            """.formatted(name, selector, ingress);
    }

    private static String dumped(String name) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: crm, labels: {app: web}, ownerReferences: [{kind: ReplicaSet, name: web, controller: true}]}
            spec: {containers: [{name: m, ports: [{containerPort: 80}]}]}
            ---
            """.formatted(name);
    }
}

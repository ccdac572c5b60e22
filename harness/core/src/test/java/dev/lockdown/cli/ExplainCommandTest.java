package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An explanation of manifests")
class ExplainCommandTest {
    private static final String CRM = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: crm}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: w, ports: [{containerPort: 8080, name: http}]}]}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: pg, namespace: crm}
        spec:
          replicas: 2
          selector: {matchLabels: {app: pg}}
          template:
            metadata: {labels: {app: pg}}
            spec: {containers: [{name: p, ports: [{containerPort: 5432, name: pg}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: front, namespace: crm}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: http, name: plain}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: crm}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress, Egress]
          ingress: [{from: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: http}]}]
          egress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 443}]}]
        """;

    @TempDir
    private Path folder;
    private Typist typist = new Typist(Path.of(""));

    @BeforeEach
    void start() {
        typist = new Typist(folder);
    }

    @ParameterizedTest
    @CsvSource({"crm/web-1,203.0.113.9,TCP/443,'allowed by crm/web (egress[0] of crm/web-1)'",
        "crm/web-1,203.0.114.9,TCP/443,'denied by crm/web (egress of crm/web-1)'",
        "198.51.100.7,crm/web-1,TCP/8080,'allowed by crm/web (ingress[0] of crm/web-1)'",
        "192.0.2.1,crm/web,TCP/http,'denied by crm/web (ingress of crm/web-1)'",
        "2001:db8::1,crm/web,TCP/http,'denied by crm/web (ingress of crm/web-1)'",
        "host:partner.example,crm/web-2,TCP/http,'allowed by crm/web (ingress[0] of crm/web-2)'",
        "crm/web,crm/pg,TCP/pg,'denied by crm/web (egress of crm/web-1)'", "crm/pg,crm/pg,TCP/pg,allowed: nothing isolates crm/pg-1",
        "crm/pg,kubernetes-api,TCP/443,allowed: nothing isolates crm/pg-0", "crm/pg,crm/front,TCP/plain,denied by crm/web",
        "node:node-1,crm/pg,TCP/5432,allowed: nothing isolates", "crm/pg-0,service:kube-system/kube-dns,UDP/53,allowed"})
    void takes_everything_that_has_an_end_of_a_flow(String from, String to, String port, String answer) throws IOException {
        assertThat(explain(from, to, port, "--host", "partner.example=198.51.100.20,TCP/443")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains(answer);
    }

    @Test
    void gives_one_answer_where_all_replicas_have_it() throws IOException {
        explain("crm/web", "crm/pg", "TCP/pg");
        assertThat(typist.out()).startsWith("crm/web ×3 to crm/pg ×2 on TCP/pg is denied, for all 6 flows; of the first of them:\n");
    }

    @Test
    void gives_an_answer_for_each_group_of_replicas() throws IOException {
        var one = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: one, namespace: crm}
            spec: {podSelector: {matchLabels: {app: pg}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
            """;
        var labelled = CRM + one + """
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: pg-9, namespace: crm, labels: {app: other}, ownerReferences: [{kind: StatefulSet, name: pg, controller: true}]}
            spec: {containers: [{name: p, ports: [{containerPort: 5432, name: pg}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: pg-0, namespace: crm, labels: {app: pg}, ownerReferences: [{kind: StatefulSet, name: pg, controller: true}]}
            spec: {containers: [{name: p, ports: [{containerPort: 5432, name: pg}]}]}
            """;
        explainOf(labelled, "192.0.2.1", "crm/pg", "TCP/pg");
        assertThat(typist.out()).startsWith("192.0.2.1 to crm/pg ×2 on TCP/pg: replicas do not agree, or not for the same policies\n")
            .contains("1 of 2 flows, host:192.0.2.1 to crm/pg-0:\n  host:192.0.2.1 to crm/pg-0 on TCP/5432 is denied",
                "1 of 2 flows, host:192.0.2.1 to crm/pg-9:");
    }

    @ParameterizedTest
    @CsvSource({"crm/pg,service:crm/front,TCP/8080,service crm/front has no port TCP/8080; it has TCP/80 (plain)",
        "crm/pg,service:crm/front,UDP/80,service crm/front has no port UDP/80; it has TCP/80 (plain)",
        "crm/pg,service:crm/front,TCP/plan,service crm/front has no port TCP/plan; it has TCP/80 (plain)",
        "crm/pg,kubernetes-api,TCP/80,the Kubernetes API has no port TCP/80; it has TCP/443 (https)",
        "crm/pg,crm/web,TCP/htpp,crm/web-1 names no port TCP/htpp; did you mean TCP/http?",
        "crm/pg,crm/web,SCTP/http,crm/web-1 names no port SCTP/http; it names http=TCP/8080",
        "crm/pg,192.0.2.1,TCP/http,'host:192.0.2.1 names no ports, only pods and Services do; give TCP/http by its number'",
        "crm/pg,crm/web,TPC/80,", "crm/pg,crm/web,80,", "service:crm/front,crm/web,TCP/80,service:crm/front opens no connections",
        "crm/gp,crm/web,TCP/80,there is no crm/gp in the manifests; did you mean crm/pg?",
        "node:node-9,crm/web,TCP/80,there is no node:node-9 in the manifests;", "999.1.1.1,crm/web,TCP/80,there is no default/999.1.1.1",
        "a/b/c,crm/web,TCP/80,'\"a/b/c\" is not of the form namespace/name; expected a pod or a workload'"})
    void refuses_what_is_not_there_and_says_what_is(String from, String to, String port, String error) throws IOException {
        assertThat(explain(from, to, port)).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("error: " + (error == null ? "" : error));
        assertThat(typist.out()).isEmpty();
    }

    @Test
    void warns_as_table_does() throws IOException {
        explainOf(CRM.replace("selector: {app: web}, ports", "selector: {app: wbe}, ports"), "crm/pg", "crm/web", "TCP/http");
        assertThat(typist.err())
            .contains("a.yaml:24:1: service crm/front selects no pod: no pod of crm has app=wbe; did you mean app=web?");
    }

    private ExitStatus explain(String from, String to, String port, String... more) throws IOException {
        return explainOf(CRM, from, to, port, more);
    }

    private ExitStatus explainOf(String yaml, String from, String to, String port, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("a.yaml"), yaml).toString();
        var words = new ArrayList<>(List.of("explain", "-f", file, "--from", from, "--to", to, "--port", port));
        words.addAll(List.of(more));
        return typist.types(words.toArray(String[]::new));
    }
}

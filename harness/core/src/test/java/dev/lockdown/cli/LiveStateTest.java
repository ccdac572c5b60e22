package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A cluster that is only looked at")
class LiveStateTest {
    private static final Set<String> RIGHTS = List
        .of("namespaces", "pods", "services", "networkpolicies", "endpointslices", "deployments", "statefulsets", "daemonsets",
            "replicasets", "replicationcontrollers", "jobs", "cronjobs")
        .stream().map(r -> "list " + r).collect(Collectors.toSet());

    @TempDir
    private Path folder;
    private StubApi stub = StubApi.start(Path.of(""), Set.of());
    private Typist typist = new Typist(Path.of(""));

    @BeforeEach
    void start() {
        stub.close();
        start(RIGHTS);
    }

    private void start(Set<String> rights) {
        stub = StubApi.start(folder, rights);
        typist = new Typist(folder);
        for (var name : List.of("shop", "crm", "dev")) namespace(name);
        stub.put("apps/deployments", "shop", "web",
            """
            {'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': 'web', 'namespace': 'shop', 'uid': 'd'}, 'spec': {'replicas': 2,
             'selector': {'matchLabels': {'app': 'web'}}, 'template': {'metadata': {'labels': {'app': 'web'}}, 'spec': {'containers': [{'name': 'w'}]}}}}""");
        stub.put("apps/replicasets", "shop", "web-7f", """
            {'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'metadata': {'name': 'web-7f', 'namespace': 'shop', 'uid': 'r',
             'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': 'Deployment', 'name': 'web', 'uid': 'd', 'controller': true}]},
             'spec': {'replicas': 2, 'selector': {'matchLabels': {'app': 'web'}},
             'template': {'metadata': {'labels': {'app': 'web'}}, 'spec': {'containers': [{'name': 'w'}]}}}}""");
        for (var name : List.of("web-7f-aaaaa", "web-7f-bbbbb")) pod("shop", name, "web", 8080, """
            , 'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'name': 'web-7f', 'uid': 'r', 'controller': true}]""");
        pod("shop", "db-0", "db", 5432, "");
        pod("crm", "client", "client", 9000, "");
        pod("crm", "other", "other", 9000, "");
        pod("dev", "stranger", "web", 8080, "");
        stub.put("networking.k8s.io/networkpolicies", "shop", "db",
            """
            {'apiVersion': 'networking.k8s.io/v1', 'kind': 'NetworkPolicy', 'metadata': {'name': 'db', 'namespace': 'shop'},
             'spec': {'podSelector': {'matchLabels': {'app': 'db'}}, 'policyTypes': ['Ingress'], 'ingress': [{'from': [
              {'podSelector': {'matchLabels': {'app': 'web'}}},
              {'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'crm'}}, 'podSelector': {'matchLabels': {'app': 'client'}}}]}]}}""");
    }

    private void namespace(String name) {
        stub.put("/namespaces", "", name, "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': '" + name + "', 'labels': {"
            + "'kubernetes.io/metadata.name': '" + name + "'}}, 'spec': {'finalizers': ['kubernetes']}, 'status': {'phase': 'Active'}}");
    }

    private void pod(String namespace, String name, String app, int port, String owner) {
        stub.put("/pods", namespace, name,
            "{'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'name': '" + name + "', 'namespace': '" + namespace
                + "', 'managedFields': [{'manager': 'kubelet'}], 'labels': {'app': '" + app + "'"
                + (owner.isEmpty() ? "}" : ", 'pod-template-hash': '7f'}")
                + owner + "}, 'spec': {'nodeName': 'ip-10-0-0-1', 'containers': [{'name': 'main', 'ports': [{'containerPort': " + port
                + ", 'protocol': 'TCP'}]}]}, 'status': {'phase': 'Running', 'podIPs': [{'ip': '10.9.0." + (name.hashCode() & 0x7f)
                + "'}]}}");
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private ExitStatus types(String... words) throws IOException {
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), stub.kubeconfig());
        var all = new ArrayList<>(List.of(words));
        all.addAll(1, List.of("--live", "--cluster", "kubeconfig", "--kubeconfig", kubeconfig.toString()));
        return typist.types(all.toArray(String[]::new));
    }

    /// The flows, each once, without their reasons.
    private List<String> flows() {
        return typist.out().lines().skip(1).map(l -> l.split(",", -1)).map(c -> c[1] + " " + c[2] + " " + c[6]).toList();
    }

    @Test
    void is_asked_about_a_namespace_and_those_whom_its_policies_name() throws IOException {
        assertThat(types("table", "-n", "shop", "--output", "csv")).isEqualTo(ExitStatus.OK);
        assertThat(flows()).contains("shop/web-7f-aaaaa shop/db-0 allowed", "crm/client shop/db-0 allowed", "shop/db-0 crm/client allowed")
            .doesNotHaveDuplicates()
            .noneMatch(f -> f.contains("crm/other") || f.contains("dev/") || f.equals("crm/client crm/client allowed"));
        assertThat(typist.err()).isEmpty();
        assertThat(stub.calls()).isNotEmpty().allSatisfy(c -> assertThat(c.verb()).isEqualTo("list"));
    }

    @Test
    void shows_replicas_as_their_workload() throws IOException {
        assertThat(types("table", "-n", "shop")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("shop/web ×2").doesNotContain("aaaaa");
    }

    @Test
    void is_asked_about_several_namespaces_or_all() throws IOException {
        types("table", "-n", "crm,shop", "--output", "csv");
        assertThat(flows()).contains("crm/other shop/db-0 denied", "crm/other crm/client allowed").noneMatch(f -> f.contains("dev/"));
        typist = new Typist(folder);
        types("table", "-A", "--output", "csv");
        assertThat(flows()).contains("dev/stranger shop/db-0 denied");
    }

    @Test
    void tells_what_a_change_would_open() throws IOException {
        var then = Files.writeString(folder.resolve("then.yaml"), """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, $patch: delete}
            $patch: delete
            """.replace(", $patch: delete}", "}"));
        assertThat(types("table", "-n", "shop,dev", "--then", then.toString(), "--fail-on", "opened")).isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("dev/stranger").contains("opened");
    }

    @Test
    void explains_a_flow_between_namespaces_with_the_policys_place() throws IOException {
        assertThat(types("explain", "--from", "crm/other", "--to", "shop/db-0", "--port", "TCP/5432", "--output", "json"))
            .isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("\"expected\" : \"denied\"", "\"file\" : \"shop/networkpolicy/db\"");
        assertThat(stub.calls()).allSatisfy(c -> assertThat(c.verb()).isEqualTo("list"));
    }

    @Test
    void is_not_answered_for_without_the_rights_that_an_answer_needs() throws IOException {
        stop();
        start(Set.of("list namespaces", "list pods", "list services"));
        assertThat(types("table", "-n", "shop")).isEqualTo(ExitStatus.CANNOT_RUN);
        assertThat(typist.err()).contains(
            "this user may not list networkpolicies, endpointslices of namespace shop; add to a Role of this user:",
            "- {apiGroups: [\"networking.k8s.io\"], resources: [networkpolicies], verbs: [list]}",
            "- {apiGroups: [\"discovery.k8s.io\"], resources: [endpointslices], verbs: [list]}");
        assertThat(typist.out()).isEmpty();
    }

    @Test
    void says_what_is_not_seen_where_rights_are_few() throws IOException {
        stop();
        start(Set.of("list pods", "list services", "list networkpolicies", "list endpointslices"));
        assertThat(types("table", "-n", "shop", "--output", "csv")).isEqualTo(ExitStatus.OK);
        assertThat(typist.err())
            .contains("warning: this user may not list namespaces: the labels of namespaces are not known, and peers in other "
                + "namespaces are not seen; add to its rights: - {apiGroups: [\"\"], resources: [namespaces], verbs: [list]}")
            .contains("deployments, statefulsets").doesNotContain("matches nothing");
        assertThat(flows()).contains("shop/web-7f-aaaaa shop/db-0 allowed");
    }

    @Test
    void is_refused_where_other_policies_decide_too() throws IOException {
        stub.addKind("crd.projectcalico.org", "GlobalNetworkPolicy", "deny-all");
        assertThat(types("table", "-n", "shop")).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(typist.err()).contains("this user may not list globalnetworkpolicies, and they may decide over flows");
        stop();
        var rights = new HashSet<>(RIGHTS);
        rights.add("list globalnetworkpolicies");
        start(rights);
        stub.addKind("crd.projectcalico.org", "GlobalNetworkPolicy", "deny-all");
        assertThat(types("table", "-n", "shop")).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(typist.err()).contains("globalnetworkpolicy/deny-all", "GlobalNetworkPolicy deny-all");
        assertThat(types("table", "-n", "shop", "--accept-unseen")).isEqualTo(ExitStatus.OK);
    }

    @Test
    void is_read_to_the_last_page() throws IOException {
        for (int i = 0; i < 600; i++) namespace("n-" + i);
        pod("n-99", "alone", "alone", 80, "");
        assertThat(types("table", "-n", "n-99")).isEqualTo(ExitStatus.OK);
        assertThat(types("table", "-n", "n-600")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("has no namespace \"n-600\"; did you mean n-", " and 595 more");
    }

    @Test
    void takes_the_place_of_manifests_and_is_there_already() throws IOException {
        assertThat(types("table", "-f", "shop.yaml")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--live takes the cluster's state in place of -f");
        assertThat(typist.types("table", "--live", "-n", "shop")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("say which with --cluster kubeconfig[:CONTEXT]");
        assertThat(typist.types("table", "-f", "shop.yaml", "-n", "a", "-n", "b")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("several belong to --live");
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A rehearsal of what a cluster runs")
class LiveRehearsalTest {
    private static final Set<String> RIGHTS = List.of("namespaces", "pods", "services", "networkpolicies", "endpointslices", "deployments",
        "statefulsets", "daemonsets", "replicasets", "replicationcontrollers", "jobs", "cronjobs", "configmaps", "serviceaccounts",
        "ingresses",
        "rolebindings", "httproutes", "gateways", "servicemonitors", "podmonitors", "prometheuses").stream().map(r -> "list " + r)
        .collect(Collectors.toSet());

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
        typist = new Typist(folder, InstantSource.system());
        stub.put("/namespaces", "", "shop", "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': 'shop'}}");
        deployment("web",
            "'env': [{'name': 'DB_URL', 'value': 'postgres://web:PLANTED@db:5432/x'}], 'envFrom': [{'configMapRef': {'name': 'c'}}]");
        deployment("db", "'ports': [{'containerPort': 5432}]");
        stub.put("/services", "shop", "db", "{'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': 'db', 'namespace': 'shop'}, "
            + "'spec': {'selector': {'app': 'db'}, 'ports': [{'port': 5432, 'protocol': 'TCP'}], 'clusterIP': '10.43.0.9', 'type': 'ClusterIP'}}");
        stub.put("/configmaps", "shop", "c", "{'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': 'c', 'namespace': 'shop'}, "
            + "'data': {'PAY_URL': 'https://pay.example'}}");
    }

    private void deployment(String name, String container) {
        stub.put("apps/deployments", "shop", name, "{'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': '" + name
            + "', 'namespace': 'shop'}, 'spec': {'selector': {'matchLabels': {'app': '" + name
            + "'}}, 'template': {'metadata': {'labels': {'app': '"
            + name + "'}}, 'spec': {'containers': [{'name': 'c', " + container + "}]}}}}");
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private ExitStatus types(String... words) throws IOException {
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), stub.kubeconfig());
        var all = new ArrayList<>(List.of("rehearse", "--live", "--cluster", "kubeconfig", "--kubeconfig", kubeconfig.toString()));
        all.addAll(List.of(words));
        return typist.types(all.toArray(String[]::new));
    }

    @Test
    void stands_twins_in_a_cluster_of_their_own_and_only_lists_there() throws IOException {
        assertThat(types("-n", "shop")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("→ service:shop/db TCP/5432  shop/deployment/web:",
            "→ host:pay.example TCP/443  shop/configmap/c:",
            "What breaks under lockdown (default-deny, both directions, in shop): 3 of 4", "3 of 3 healed, nothing else opened");
        assertThat(typist.out() + typist.err()).doesNotContain("PLANTED");
        assertThat(stub.calls()).isNotEmpty().allSatisfy(c -> assertThat(c.verb()).isEqualTo("list"))
            .noneMatch(c -> c.toString().contains("secrets"));
    }

    @Test
    void stands_them_beside_what_runs_and_touches_nothing_of_it() throws IOException {
        stub.close();
        var rights = new HashSet<>(RIGHTS);
        rights.addAll(SweptClusterTest.rights());
        start(rights);
        var before = stub.leftovers();
        assertThat(types("-n", "shop", "--beside")).as(typist.out() + typist.err()).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("What breaks under lockdown (default-deny, both directions, in shop): 3 of 4",
            "3 of 3 healed, nothing else opened");
        var writing = stub.calls().stream().filter(c -> !Set.of("list", "get", "watch").contains(c.verb())).toList();
        assertThat(writing).noneMatch(c -> c.namespace().equals("shop"))
            .anyMatch(c -> c.resource().equals("networkpolicies") && c.namespace().matches("shop-twin-[0-9a-f]{6}"));
        assertThat(stub.leftovers()).isEqualTo(before);
    }

    @Test
    void is_of_the_namespaces_that_are_named_in_either_way_or_of_all_but_the_systems() throws IOException {
        for (var words : List.of(List.of("shop", "data"), List.of("-n", "shop,data"), List.of("-A"))) {
            start();
            for (var name : List.of("data", "kube-system")) {
                stub.put("/namespaces", "", name, "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': '" + name + "'}}");
                stub.put("/pods", name, "p", "{'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'name': 'p', 'namespace': '" + name
                    + "', 'labels': {'app': 'p'}}, 'spec': {'containers': [{'name': 'c'}]}}");
            }
            types(Stream.concat(words.stream(), Stream.of("--expected-only")).toArray(String[]::new));
            assertThat(typist.out()).as(words + typist.err()).contains("of 3 workloads",
                "default-deny, both directions, in data, shop)");
        }
        assertThat(types("shop", "-A")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.types("rehearse", "deploy")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("deploy: manifests are named with -f deploy; a namespace alone goes with --live");
    }

    @Test
    void says_what_it_may_not_list() throws IOException {
        stub.close();
        start(RIGHTS.stream().filter(r -> !r.endsWith("configmaps")).collect(Collectors.toSet()));
        types("-n", "shop", "--expected-only");
        assertThat(typist.err()).contains("this user may not list configmaps; what they say of needs is not seen");
        assertThat(typist.out()).contains("service:shop/db").doesNotContain("host:pay.example");
    }

    @Test
    void refuses_manifests_beside_it_and_a_cluster_that_is_not_said() throws IOException {
        assertThat(types("-n", "shop", "-f", "x.yaml")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.types("rehearse", "--live", "-n", "shop")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--live takes the cluster's objects in place of -f", "say which with --cluster kubeconfig");
        assertThat(types("-n", "shpo")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("did you mean shop?");
    }
}

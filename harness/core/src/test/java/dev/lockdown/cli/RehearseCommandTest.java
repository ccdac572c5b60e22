package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("The command rehearse")
class RehearseCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORE = Path.of("..", "..", "fixtures", "apps", "store").toString();

    @TempDir
    private Path folder;
    private Typist typist = new Typist(Path.of(""));

    @BeforeEach
    void start() {
        typist = new Typist(folder, InstantSource.system());
    }

    private JsonNode json() throws IOException {
        return JSON.readTree(typist.out());
    }

    @Test
    void plays_the_store_with_real_connections_and_heals_exactly_what_broke() throws IOException {
        assertThat(typist.types("rehearse", "-f", STORE, "--output", "json")).isEqualTo(ExitStatus.OK);
        var needs = StreamSupport.stream(json().get("needs").spliterator(), false).toList();
        assertThat(needs).filteredOn(n -> n.get("underLockdown").asText().equals("blocked")).hasSize(38)
            .allMatch(n -> n.get("healed").asBoolean());
        assertThat(needs).filteredOn(n -> n.get("from").asText().equals("node")).hasSize(3)
            .allMatch(n -> n.get("underLockdown").asText().equals("open"));
        assertThat(json().get("opened")).isEmpty();
        assertThat(json().get("cluster").asText()).startsWith("embedded");
    }

    @Test
    void prints_nothing_of_the_passwords_and_Secrets_in_the_store() throws IOException {
        typist.types("rehearse", "-f", STORE, "--expected-only", "--write", folder.resolve("policies").toString());
        typist.types("rehearse", "-f", STORE, "--expected-only", "--output", "json");
        var written = new ArrayList<>(List.of(typist.out(), typist.err()));
        try (var files = Files.list(folder.resolve("policies"))) {
            for (var file : files.toList()) written.add(Files.readString(file));
        }
        assertThat(written).hasSizeGreaterThan(20).noneMatch(t -> t.contains("planted-secret"));
        assertThat(typist.out()).contains("api.payments.example");
    }

    @Test
    void fails_where_the_proposals_do_not_heal_on_a_cluster_that_enforces_wrongly() {
        // Policies add up, and each pod here has three of them.
        assertThat(typist.types("rehearse", "-f", STORE, "--defect", "only-the-first-policy")).isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("✗ not healed: ");
    }

    @Test
    void writes_policies_that_apply_as_they_are() throws IOException {
        var policies = folder.resolve("policies");
        assertThat(typist.types("rehearse", "-f", STORE, "--write", policies.toString())).isEqualTo(ExitStatus.OK);
        var first = Files.readString(policies.resolve("store-web-egress.yaml"));
        assertThat(typist.types("rehearse", "-f", STORE, policies.toString(), "--write", policies.toString())).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("What your 24 policies do today: no needed connections are broken, none open that nobody needs");
        assertThat(Files.readString(policies.resolve("store-web-egress.yaml"))).isEqualTo(first);
    }

    @Test
    void tells_of_policies_of_before_that_are_proposed_no_more() throws IOException {
        var policies = Files.createDirectories(folder.resolve("policies"));
        Files.writeString(policies.resolve("store-gone-egress.yaml"), "kind: NetworkPolicy");
        assertThat(typist.types("rehearse", "-f", STORE, "--expected-only", "--write", policies.toString())).isEqualTo(ExitStatus.OK);
        assertThat(typist.err()).contains("note: not proposed and left in " + policies + ": store-gone-egress.yaml")
            .endsWith("24 policies written to %s\n".formatted(policies));
    }

    @Test
    void refuses_a_folder_that_is_none_before_anything_is_played() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(typist.types("rehearse", "-f", STORE, "--write", file.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--write " + file + ": this is no folder");
        assertThat(typist.out()).isEmpty();
    }

    @Test
    void fails_where_the_applications_own_policies_break_what_it_needs() throws IOException {
        var deny = Files.writeString(folder.resolve("deny.yaml"),
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: store}\nspec: {podSelector: {matchLabels: {app: cache}}}\n");
        assertThat(typist.types("rehearse", "-f", STORE, deny.toString())).isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("What your policy does today: 2 needed connections are broken",
            "✗ store/Deployment/cart to service:store/cache on TCP/6379", "denied by store/deny");
    }

    @Test
    void refuses_what_it_cannot_judge_and_goes_on_where_that_is_accepted() throws IOException {
        var cilium = Files.writeString(folder.resolve("c.yaml"),
            "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: c}\nspec: {}\n");
        assertThat(typist.types("rehearse", "-f", STORE, cilium.toString(), "--expected-only")).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(typist.err()).contains("c.yaml:1:1: AuthorizationPolicy c is not read");
        assertThat(typist.types("rehearse", "-f", STORE, cilium.toString(), "--expected-only", "--accept-unseen")).isEqualTo(ExitStatus.OK);
    }

    @Test
    void says_that_there_is_no_application() throws IOException {
        var empty = Files.writeString(folder.resolve("c.yaml"),
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {A_URL: \"http://x\"}\n");
        assertThat(typist.types("rehearse", "-f", empty.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("the manifests have no pods and no workloads");
    }

    @Test
    void refuses_options_that_do_not_fit_together() {
        for (var words : new String[][] {{"--github"}, {"--base", STORE, "--output", "html"}, {"--api-server", "x"}, {"--head", STORE},
            {"--output", "png"}}) {
            var all = new ArrayList<>(List.of("rehearse", "-f", STORE, "--expected-only"));
            all.addAll(List.of(words));
            assertThat(typist.types(all.toArray(String[]::new))).as(String.join(" ", words)).isEqualTo(ExitStatus.BAD_INPUT);
        }
    }

    private static final String PLATFORM = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: hook, namespace: admission}
        spec:
          template:
            metadata: {labels: {app: hook}}
            spec: {containers: [{name: c, ports: [{containerPort: 8443}], env: [{name: A_URL, value: "http://exporter:9100"}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: hook, namespace: admission}
        spec: {selector: {app: hook}, ports: [{port: 443, targetPort: 8443}]}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: hook}
        webhooks: [{name: hook.example.org, clientConfig: {service: {name: hook, namespace: admission}}}]
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: exporter, namespace: admission}
        spec:
          template:
            metadata: {labels: {app: exporter}}
            spec: {hostNetwork: true, containers: [{name: c, ports: [{containerPort: 9100}], env: [{name: B_URL, value: "https://hook"}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: exporter, namespace: admission}
        spec: {clusterIP: None, selector: {app: exporter}, ports: [{port: 9100}]}
        """;

    @Test
    void dials_webhooks_as_the_api_server_does_and_heals_what_ends_and_begins_on_nodes() throws IOException {
        var file = Files.writeString(folder.resolve("platform.yaml"), PLATFORM).toString();
        assertThat(typist.types("rehearse", "-f", file, "--api-server", "10.0.0.10:6443", "--node-addresses", "10.0.0.0/24,10.0.1.0/24",
            "--output", "json")).isEqualTo(ExitStatus.OK);
        var needs = StreamSupport.stream(json().get("needs").spliterator(), false).toList();
        assertThat(needs).filteredOn(n -> n.get("to").asText().startsWith("service:")).hasSize(3).allSatisfy(n -> {
            assertThat(n.get("underLockdown").asText()).isEqualTo("blocked");
            assertThat(n.get("healed").asBoolean()).isTrue();
        });
        assertThat(json().get("unproven")).isEmpty();
    }

    @Test
    void refuses_what_has_nothing_that_a_lockdown_means() throws IOException {
        var file = Files.writeString(folder.resolve("system.yaml"), """
            apiVersion: v1
            kind: Pod
            metadata: {name: agent, namespace: kube-system, labels: {app: agent}}
            spec: {containers: [{name: c, image: example.org/agent}]}
            """);
        assertThat(typist.types("rehearse", "-f", file.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("all pods are in namespaces of the system (kube-system)");
    }

    @Test
    void refuses_addresses_that_are_none() {
        assertThat(typist.types("rehearse", "-f", STORE, "--node-addresses", "10.0.0.7")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--node-addresses", "it has no prefix length");
    }

    @Test
    void stands_beside_what_runs_only_where_something_does() {
        assertThat(typist.types("rehearse", "-f", STORE, "--beside")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--beside stands twins of --live");
        assertThat(typist.types("rehearse", "--live", "--beside", "--expected-only", "--cluster", "kubeconfig"))
            .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--expected-only probes nothing");
    }
}

package dev.lockdown.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.need.NeedReader;
import dev.lockdown.need.PlatformAddresses;
import dev.lockdown.need.Unproven;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// On the oracle; RehearseCommandTest makes the connections.
@DisplayName("Addresses of the application's own cluster")
class HomeAddressesTest {
    private static final String WEBHOOK = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: hook, namespace: shop}
        spec:
          template:
            metadata: {labels: {app: hook}}
            spec: {containers: [{name: c, ports: [{containerPort: 8443}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: hook, namespace: shop}
        spec: {selector: {app: hook}, ports: [{port: 443, targetPort: 8443}]}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: hook}
        webhooks: [{name: hook.example.org, clientConfig: {service: {name: hook, namespace: shop}}}]
        ---
        """;
    private static final String ON_NODES = """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: exporter, namespace: shop}
        spec:
          template:
            metadata: {labels: {app: exporter}}
            spec: {hostNetwork: true, containers: [{name: c, ports: [{containerPort: 9100}], env: [{name: A_URL, value: "http://web:80"}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: exporter, namespace: shop}
        spec: {clusterIP: None, selector: {app: exporter}, ports: [{port: 9100}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, ports: [{containerPort: 80}], env: [{name: B_URL, value: "http://exporter:9100"}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        """;

    private static Rehearsed rehearsed(String text, @Nullable String api, String... nodes) {
        var sources = List.of(new Source(Position.startOf("app.yaml"), text));
        var manifest = Manifests.readAll(sources, "shop").onNodes(List.of("node-1", "node-2"));
        var needs = NeedReader.read(manifest, sources, "shop", Map.of());
        var server = api == null ? null : new Addresses.ApiServer(InetAddress.ofLiteral(api), 6443);
        return new Rehearsal(needs, Shadows.of(manifest, needs, List.of()),
            HomeAddresses.of(new PlatformAddresses(server, List.of(nodes).stream().map(Cidr::parse).toList()))).expected();
    }

    private static NeedResult need(Rehearsed rehearsed, String need) {
        return rehearsed.results().stream().filter(r -> r.need().toString().equals(need)).findFirst().orElseThrow();
    }

    private static String yaml(Rehearsed rehearsed) {
        return String.join("---\n", rehearsed.proposals().stream().map(Proposal::yaml).toList());
    }

    private static String policy(String app, String direction, String cidr) {
        return """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: own-%s, namespace: shop}
            spec: {podSelector: {matchLabels: {app: %s}}, policyTypes: [%s], %s: [{%s: [{ipBlock: {cidr: %s}}]}]}
            ---
            """.formatted(app, app, direction, direction.toLowerCase(java.util.Locale.ROOT), direction.equals("Ingress") ? "from" : "to",
            cidr);
    }

    private static final String CALL = "api to service:shop/hook on TCP/443";

    @Test
    void let_the_api_server_dial_webhooks() {
        var known = rehearsed(WEBHOOK, "10.0.0.10");
        assertThat(need(known, CALL).isBroken()).isTrue();
        assertThat(need(known, CALL).isHealed()).isTrue();
        assertThat(yaml(known)).contains("ipBlock: {cidr: 10.0.0.10/32}", "- {protocol: TCP, port: 8443}", "from its own address")
            .doesNotContain("REPLACE", "192.0.2.1");
        assertThat(known.unproven()).isEmpty();
    }

    @Test
    void of_an_api_server_that_nobody_said_are_to_be_replaced_and_said() {
        var unknown = rehearsed(WEBHOOK, null);
        assertThat(yaml(unknown)).contains("REPLACE the address", "192.0.2.1/32");
        assertThat(unknown.unproven()).singleElement().extracting(Unproven::remedy).isEqualTo("--api-server ADDRESS:PORT");
    }

    @Test
    void decide_whether_own_policies_let_the_api_server_in() {
        var own = WEBHOOK + policy("hook", "Ingress", "10.9.0.0/24");
        assertThat(need(rehearsed(own, "10.9.0.7"), CALL).today()).isEqualTo(Seen.OPEN);
        assertThat(need(rehearsed(own, "10.9.1.7"), CALL).today()).isEqualTo(Seen.BLOCKED);
        assertThat(need(rehearsed(own, null), CALL).today()).isEqualTo(Seen.UNKNOWN);
    }

    private static final String TO_NODE = "shop/Deployment/web to service:shop/exporter on TCP/9100";
    private static final String FROM_NODE = "shop/DaemonSet/exporter to service:shop/web on TCP/80";

    @Test
    void of_nodes_are_named_beside_the_labels_of_pods_in_their_network() {
        var known = rehearsed(ON_NODES, null, "10.0.0.0/24", "10.0.1.0/24");
        assertThat(known.isExact()).isTrue();
        assertThat(yaml(known)).contains("ipBlock: {cidr: 10.0.0.0/24}", "ipBlock: {cidr: 10.0.1.0/24}", "matchLabels: {app: exporter}");
        // Whether default-deny counts for the pod in its node's network, too, only a cluster can tell.
        assertThat(need(known, TO_NODE).healed()).isNull();
        assertThat(known.unproven()).extracting(Unproven::remedy).containsOnly("try it on a cluster, without --expected-only").hasSize(2);
    }

    @Test
    void of_nodes_that_nobody_said_are_said_to_be_missing() {
        var unknown = rehearsed(ON_NODES, null);
        assertThat(need(unknown, TO_NODE).healed()).isNull();
        assertThat(need(unknown, FROM_NODE).healed()).isNull();
        assertThat(unknown.unproven()).hasSize(2).extracting(Unproven::remedy).containsOnly("--node-addresses CIDR");
        assertThat(yaml(unknown)).doesNotContain("ipBlock");
    }

    @Test
    void decide_whether_own_policies_let_to_and_from_nodes() {
        var own = ON_NODES + policy("web", "Ingress", "10.0.0.0/16").replace("own-web", "in") + policy("web", "Egress", "10.0.0.0/16");
        for (var need : List.of(TO_NODE, FROM_NODE)) {
            assertThat(need(rehearsed(own, null, "10.0.7.0/24"), need).today()).as(need).isNotEqualTo(Seen.BLOCKED);
            assertThat(need(rehearsed(own, null, "10.0.7.0/24", "fd00::/64"), need).today()).as(need).isNotEqualTo(Seen.BLOCKED);
            assertThat(need(rehearsed(own, null, "10.0.7.0/24", "10.1.7.0/24"), need).today()).as(need).isEqualTo(Seen.BLOCKED);
            assertThat(need(rehearsed(own, null, "10.1.7.0/24"), need).today()).as(need).isEqualTo(Seen.BLOCKED);
            assertThat(need(rehearsed(own, null), need).today()).as(need).isEqualTo(Seen.UNKNOWN);
        }
    }
}

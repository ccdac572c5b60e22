package dev.lockdown.need;

import static dev.lockdown.need.NeedReaderTest.flows;
import static dev.lockdown.need.NeedReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is known of the platform")
class PlatformTest {
    private static final String PROXY = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: shop}
        spec:
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec: {containers: [{name: c, image: %2$s, ports: [{containerPort: 8000}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s, namespace: shop}
        spec: {selector: {app: %1$s}, ports: [{port: 8000}]}
        ---
        """;
    private static final String INGRESS = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: %1$s, namespace: shop}
        spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %1$s, port: {number: 8000}}}}]}}]}
        ---
        """;

    @Test
    void an_ingress_leads_to_a_gateway_of_the_application_and_not_from_it() {
        assertThat(flows(read(PROXY.formatted("kong", "kong:3.1") + INGRESS.formatted("kong"))))
            .containsExactly("ingress to service:shop/kong on TCP/8000");
    }

    @Test
    void a_controller_among_the_manifests_leads_to_all_others() {
        var manifests = PROXY.formatted("traefik", "traefik:v3") + PROXY.formatted("web", "example.org/web");
        assertThat(flows(read(manifests + INGRESS.formatted("web") + INGRESS.formatted("traefik"))))
            .contains("shop/Deployment/traefik to service:shop/web on TCP/8000")
            .doesNotContain("shop/Deployment/traefik to service:shop/traefik on TCP/8000");
    }

    private static String declared(String platform) {
        return PROXY.formatted("web", "example.org/web") + """
            apiVersion: lockdown.dev/v1
            kind: Needs
            metadata: {name: shop, namespace: shop}
            spec: {platform: %s}
            """.formatted(platform);
    }

    @Test
    void addresses_are_declared() {
        var platform = read(declared("{apiServer: \"10.0.0.10:6443\", nodes: [10.0.0.0/24, \"fd00::/64\"]}")).platform();
        assertThat(platform.apiServer()).isEqualTo(new Addresses.ApiServer(InetAddress.ofLiteral("10.0.0.10"), 6443));
        assertThat(platform.nodes()).containsExactly(Cidr.parse("10.0.0.0/24"), Cidr.parse("fd00::/64"));
        assertThat(read(declared("{ingress: edge}")).platform()).isEqualTo(PlatformAddresses.UNKNOWN);
    }

    @Test
    void addresses_that_are_none_are_refused_with_their_place_all_at_once() {
        assertThatThrownBy(() -> read(declared("{apiServer: 10.0.0.10, nodes: [10.0.0.7, x], nods: []}")))
            .isInstanceOf(ManifestException.class).hasMessageContaining("\"nods\"");
        assertThatThrownBy(() -> read(declared("{apiServer: 10.0.0.10, nodes: [10.0.0.7]}"))).isInstanceOf(ManifestException.class)
            .hasMessageMatching("(?s).*:\\d+:\\d+: \"10.0.0.10\" is no address with a port; expected 10.0.0.1:6443.*");
        assertThatThrownBy(() -> read(declared("{nodes: [10.0.0.7]}"))).hasMessageContaining("it has no prefix length");
    }

    @Test
    void what_is_said_first_counts() {
        var api = new Addresses.ApiServer(InetAddress.ofLiteral("10.0.0.10"), 6443);
        var typed = new PlatformAddresses(api, List.of());
        var written = new PlatformAddresses(new Addresses.ApiServer(InetAddress.ofLiteral("10.0.0.11"), 443),
            List.of(Cidr.parse("10.0.0.0/24")));
        assertThat(typed.or(written)).isEqualTo(new PlatformAddresses(api, written.nodes()));
    }

    @Test
    void an_agent_on_the_own_node_is_not_passed_over() {
        var needs = read(NeedReaderTest.CLIENT
            .formatted("env: [{name: DD_AGENT_HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]"));
        assertThat(needs.unproven()).singleElement().satisfies(u -> {
            assertThat(u.what()).isEqualTo(
                "DD_AGENT_HOST is the address of the pod's own node, and what is dialled there is not in the manifests");
            assertThat(u.because().toString()).endsWith("env[DD_AGENT_HOST]");
        });
    }
}

package dev.lockdown.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Resource;
import dev.lockdown.policy.Repair;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The slip in a policy")
class RepairsTest {
    private static final String SHOP = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: m, ports: [{containerPort: 8080, name: http}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop, labels: {app: api}}
        spec: {containers: [{name: m}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: dns, namespace: infra, labels: {app: dns}}
        spec: {containers: [{name: m, ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: gw, namespace: ingress, labels: {app: gw}}
        spec: {containers: [{name: m}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: front, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
        ---
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ingress/gw | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {name: ingress}}}]}]} | NAMESPACE_NAME_LABEL | name: ingress | kubernetes.io/metadata.name: ingress
        ingress/gw | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingres}}}]}]} | NEAREST_LABEL | kubernetes.io/metadata.name: ingres | kubernetes.io/metadata.name: ingress
        shop/api   | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: apii}}}]}]} | NEAREST_LABEL | app: apii | app: api
        shop/api   | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {name: api}}}]}]} | NEAREST_LABEL | name: api | app: api
        ingress/gw | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]} | PEER_NAMESPACE | shop | kubernetes.io/metadata.name: ingress
        ingress/gw | service:shop/front | TCP/80  | {podSelector: {}, ingress: [{ports: [{port: 80}]}]} | TARGET_PORT | TCP/80 | TCP/8080
        ingress/gw | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{ports: [{port: 80}]}]} | TARGET_PORT | TCP/80 | TCP/8080
        ingress/gw | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{ports: [{port: htpp}]}]} | PORT_NAME | htpp | http
        ingress/gw | shop/web          | TCP/8080 | {podSelector: {}, ingress: [{ports: [{port: metrics}]}]} | PORT_NAME | metrics | 8080
        shop/api   | infra/dns         | UDP/53   | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53}]}]} | DNS_PROTOCOL | TCP/53 | UDP/53
        shop/api   | service:shop/front | TCP/80  | {podSelector: {matchLabels: {app: api}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.96.0.7/32}}]}]} | CLUSTER_IP | 10.96.0.7/32 | shop/front
        """)
    void is_found_where_a_flow_should_be_open(String from, String to, String port, String spec, Repair.Kind kind, String written,
            String meant) {
        var repair = new Repair(kind, new NamespacedName("shop", "p"), written, meant, "policy.yaml", 4);
        assertThat(repairs("shop", spec).open(flow(from, to, port))).containsExactly(repair);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shop    | {podSelector: {matchLabels: {app: wbe}}} | NEAREST_LABEL    | app: wbe | app: web
        ingress | {podSelector: {matchLabels: {app: web}}} | POLICY_NAMESPACE | ingress  | shop
        """)
    void is_found_where_a_flow_should_be_denied(String namespace, String spec, Repair.Kind kind, String written, String meant) {
        int line = kind == Repair.Kind.POLICY_NAMESPACE ? 1 : 4;
        assertThat(repairs(namespace, spec).shut(flow("shop/api", "shop/web", "TCP/8080")))
            .containsExactly(new Repair(kind, new NamespacedName(namespace, "p"), written, meant, "policy.yaml", line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {podSelector: {}}
        {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {role: front}}}]}]}
        {podSelector: {}, ingress: [{ports: [{port: 9090}]}]}
        {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: apii}}}], ports: [{port: 9090}]}]}
        {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}
        """)
    void is_never_guessed(String spec) {
        assertThat(repairs("shop", spec).open(flow("shop/api", "shop/web", "TCP/8080"))).isEmpty();
    }

    @Test
    void has_no_place_where_nobody_wrote_the_policy() {
        var spec = "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: apii}}}]}]}";
        assertThat(new Repairs(state("shop", spec), addresses(), Map.of()).open(flow("shop/api", "shop/web", "TCP/8080")))
            .singleElement().satisfies(r -> assertThat(r.file()).isNull());
    }

    /// An API server is told with its address, which is the name of nothing.
    @Test
    void is_looked_for_on_the_way_to_an_API_server_too() {
        var api = new Addresses(Map.of(), List.of(new Addresses.ApiServer(InetAddress.ofLiteral("172.18.0.10"), 6443)));
        var repairs = new Repairs(state("shop", "{podSelector: {}, policyTypes: [Egress]}"), api, Map.of());
        assertThat(repairs.open(flow("shop/api", "kubernetes-api", "TCP/443"))).isEmpty();
    }

    private static Flow flow(String from, String to, String port) {
        return Flow.of(Endpoint.parse(from), Endpoint.parse(to), Port.parse(port));
    }

    private static Repairs repairs(String namespace, String spec) {
        var written = new HashMap<NamespacedName, Resource.OfPolicy>();
        Manifests.read("policy.yaml", policy(namespace, spec), "default").writtenPolicies().forEach(p -> written.put(p.policy().name(), p));
        return new Repairs(state(namespace, spec), addresses(), written);
    }

    private static ClusterState state(String namespace, String spec) {
        var changes = Manifests.read("all.yaml", SHOP + policy(namespace, spec), "default").changes();
        var namespaces = Stream.of("shop", "infra", "ingress").<Change>map(n -> new Change.ApplyNamespace(new Namespace(n, Map.of())));
        return ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(Stream.concat(namespaces, changes.stream()).toList());
    }

    private static Addresses addresses() {
        return new Addresses(
            Map.of(new Endpoint.Service(new NamespacedName("shop", "front")), List.of(InetAddress.ofLiteral("10.96.0.7"))));
    }

    private static String policy(String namespace, String spec) {
        return """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: p, namespace: %s}
            spec: %s
            """.formatted(namespace, spec);
    }
}

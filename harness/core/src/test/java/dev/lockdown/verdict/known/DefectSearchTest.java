package dev.lockdown.verdict.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.policy.Oracle;
import dev.lockdown.policy.Repair;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.Node;
import dev.lockdown.state.PluginVersion;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Wanted;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A known defect is named")
class DefectSearchTest {
    private static final List<NetworkPlugin> KUBE_ROUTER = List.of(plugin("kube-router", "2.6.3"));

    private static final String PODS = """
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: shop, labels: {app: s, v: a}}
        spec: {containers: [{name: m, ports: [{containerPort: 8080, name: http}, {containerPort: 9001, name: adm}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: b, namespace: shop, labels: {app: s, v: b}}
        spec: {containers: [{name: m, ports: [{containerPort: 8080, name: http}, {containerPort: 9002, name: adm}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: c, namespace: shop, labels: {app: c}}
        spec: {containers: [{name: m, ports: [{containerPort: 7001, name: http}, {containerPort: 9001, name: adm}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: x, namespace: other, labels: {app: x}}
        spec: {containers: [{name: m, ports: [{containerPort: 6001, name: http}]}]}
        ---
        """;

    private static NetworkPlugin plugin(String name, String version) {
        return new NetworkPlugin(name, PluginVersion.of(version), "an image");
    }

    private static ClusterState state(String policy) {
        var changes = Manifests.read("policy.yaml", PODS + """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: p, namespace: shop}
            spec: %s
            """.formatted(policy), "shop").changes();
        var namespaces = Stream.of("shop", "other").map(n -> (Change) new Change.ApplyNamespace(new Namespace(n, Map.of()))).toList();
        return ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(namespaces).after(changes);
    }

    /// @param seen against what the policies say
    private static Cell cell(ClusterState state, String flow, String seen, Family family) {
        return cell(state, Addresses.NONE, flow, seen, family);
    }

    private static Cell cell(ClusterState state, Addresses addresses, String flow, String seen, Family family) {
        var words = flow.split(" ", -1);
        var asked = new Flow(Endpoint.parse(words[0]), Endpoint.parse(words[1]), Port.parse(words[2]), family);
        var wanted = seen.equals("open") ? Wanted.BLOCKED : Wanted.OPEN;
        return Cells.of(Question.of(Probe.Reach.of(asked), wanted, 1), seen, new Oracle(state, addresses).explain(asked));
    }

    private static String found(List<NetworkPlugin> plugins, ClusterState state, Cell cell) {
        return new DefectSearch(plugins, state, Addresses.NONE).explained(cell).defect() instanceof FoundDefect(var defect, _)
            ? defect.toString() : "none";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kube-router 2.6.3 | other/x shop/b TCP/9001 | open    | {podSelector: {matchLabels: {app: s}}, ingress: [{ports: [{port: adm}]}]} | kube-router-shared-container-port
        kube-router 2.6.3 | other/x shop/a TCP/9002 | open    | {podSelector: {matchLabels: {app: s}}, ingress: [{ports: [{port: adm}]}]} | kube-router-shared-container-port
        kube-router 2.6.3 | other/x shop/a TCP/8080 | open    | {podSelector: {matchLabels: {app: s}}, ingress: [{ports: [{port: adm}]}]} | none
        kube-router 2.6.3 | other/x shop/a TCP/9002 | open    | {podSelector: {matchLabels: {v: a}}, ingress: [{ports: [{port: adm}]}]} | none
        kube-router 2.6.3 | other/x shop/a TCP/9002 | open    | {podSelector: {}, ingress: [{ports: [{port: 9001}]}]} | none
        kube-router 2.6.3 | shop/c shop/a TCP/7001  | open    | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]} | kube-router-named-egress-port
        kube-router 2.6.3 | shop/c other/x TCP/7001 | open    | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]} | kube-router-named-egress-port
        kube-router 2.6.3 | shop/c other/x TCP/6001 | blocked | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]} | kube-router-named-egress-port
        kube-router 2.6.3 | shop/c other/x TCP/6001 | blocked | {podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}], ports: [{port: http}]}]} | none
        kube-router 2.6.3 | shop/c other/x TCP/6002 | open    | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]} | none
        kube-router 2.6.3 | shop/c shop/a TCP/8080  | blocked | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]} | none
        kube-router 2.6.3 | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]} | kube-router-rules-both-ways
        kube-router 2.6.3 | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}]} | kube-router-rules-both-ways
        kube-router 2.6.3 | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{podSelector: {matchLabels: {v: b}}}], ports: [{port: 8080}]}]} | kube-router-rules-both-ways
        kube-router 2.6.3 | shop/b shop/a TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{podSelector: {matchLabels: {v: b}}}], ports: [{port: 8080}]}]} | none
        kube-router 2.6.3 | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}]}]} | none
        kube-router 2.6.3 | other/x shop/b TCP/8080 | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]} | none
        kube-router 2.6.3 | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress]} | none
        kube-router 2.6.3 | shop/c shop/b TCP/8080  | open    | {podSelector: {matchLabels: {app: s}}, policyTypes: [Ingress, Egress], egress: [{}]} | none
        kube-router 2.7.0 | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]} | kube-router-rules-both-ways
        kube-router 1.5.4 | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]} | none
        kube-router x     | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]} | kube-router-rules-both-ways
        calico 3.30.7     | shop/a shop/b TCP/8080  | open    | {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]} | none
        cilium 1.14.2     | other/x shop/a TCP/9002 | blocked | {podSelector: {}, ingress: [{ports: [{port: 9001, endPort: 9010}]}]} | cilium-end-port
        cilium 1.14.2     | other/x shop/a TCP/9001 | blocked | {podSelector: {}, ingress: [{ports: [{port: 9001, endPort: 9010}]}]} | none
        cilium 1.16.0     | other/x shop/a TCP/9002 | blocked | {podSelector: {}, ingress: [{ports: [{port: 9001, endPort: 9010}]}]} | none
        cilium x          | other/x shop/a TCP/9002 | blocked | {podSelector: {}, ingress: [{ports: [{port: 9001, endPort: 9010}]}]} | none
        cilium 1.18.2     | shop/c other/x TCP/6001 | blocked | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]} | cilium-named-egress-port
        cilium 1.18.2     | other/x shop/a TCP/9001 | blocked | {podSelector: {}, ingress: [{ports: [{port: adm}]}]} | none
        """)
    void where_plugin_version_and_evidence_fit(String plugin, String flow, String seen, String policy, String defect) {
        var state = state(policy);
        var words = plugin.split(" ", -1);
        assertThat(found(List.of(plugin(words[0], words[1])), state, cell(state, flow, seen, Family.IPV4))).isEqualTo(defect);
    }

    @Test
    void of_one_family_alone_where_only_its_sets_are_stale() {
        var state = state("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}");
        var plugins = List.of(plugin("kube-router", "2.6.1"));
        assertThat(found(plugins, state, cell(state, "other/x shop/a TCP/8080", "blocked", Family.IPV6)))
            .isEqualTo("kube-router-ipv6-sets");
        assertThat(found(plugins, state, cell(state, "other/x shop/a TCP/8080", "blocked", Family.IPV4))).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}                                | kube-router-rules-both-ways
        {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.42.0.0/24]}}]}]}        | none
        {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{ipBlock: {cidr: 10.43.0.0/16}}]}]}                             | none
        {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{ipBlock: {cidr: 10.42.0.0/16}}], ports: [{port: 9001}]}]}      | none
        """)
    void of_rules_both_ways_also_where_a_block_covers_the_pods(String policy, String defect) {
        var state = state(policy);
        var addresses = new Addresses(Map.of(Endpoint.Pod.of("shop", "a"), List.of(InetAddress.ofLiteral("10.42.0.5")),
            Endpoint.Pod.of("shop", "b"), List.of(InetAddress.ofLiteral("10.42.0.6"))));
        var cell = cell(state, addresses, "shop/a shop/b TCP/8080", "open", Family.IPV4);
        assertThat(new DefectSearch(KUBE_ROUTER, state, addresses).explained(cell).defect() instanceof FoundDefect(var found, _)
            ? found.toString() : "none").isEqualTo(defect);
    }

    private final ClusterState open = state("{podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]}");

    @Test
    void not_where_a_slip_in_a_policy_is_known() {
        var cell = cell(open, "shop/a shop/b TCP/8080", "open", Family.IPV4);
        var slip = new Repair(Repair.Kind.NEAREST_LABEL, NamespacedName.parse("shop/p"), "app: x", "app: s", null, 0);
        assertThat(found(KUBE_ROUTER, open, cell.with(List.of(slip)))).isEqualTo("none");
    }

    @Test
    void not_where_the_source_was_rewritten() {
        var cell = cell(open, "shop/a shop/b TCP/8080", "open", Family.IPV4);
        assertThat(found(KUBE_ROUTER, open, new Cell(cell.question(), cell.observations(), cell.control(), cell.verdict(), cell.reasons(),
            false, "10.42.0.5"))).isEqualTo("none");
    }

    @Test
    void not_where_it_is_as_the_step_says() {
        var cell = cell(open, "shop/a shop/b TCP/8080", "open", Family.IPV4);
        var agreeing = new Cell(Question.of(cell.question().probe(), Wanted.OPEN, 1), cell.observations(), cell.control(), cell.verdict(),
            cell.reasons(), false, null);
        assertThat(found(KUBE_ROUTER, open, agreeing)).isEqualTo("none");
    }

    @Test
    void of_the_version_that_has_it_where_several_run() {
        var cell = cell(open, "shop/a shop/b TCP/8080", "open", Family.IPV4);
        var plugins = List.of(plugin("kube-router", "2.7.0"), plugin("kube-router", "2.6.3"));
        assertThat(new DefectSearch(plugins, open, Addresses.NONE).explained(cell).defect()).extracting(FoundDefect::version)
            .hasToString("2.6.3");
    }
}

package dev.lockdown.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.RuleFact;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The dumps are of kube-router 2.6.3 on real nodes, while features/conformance/named-ports.feature and features/both-sides.feature failed.
@DisplayName("Of a node's rules")
class FlowRulesTest {
    private static final NamespacedName OUT = new NamespacedName("cl", "out");

    private static ContainerPort port(String name, int number) {
        return new ContainerPort(Port.parse("TCP/" + number), name);
    }

    private static DumpedFlow namedEgress() {
        return new DumpedFlow().namespace("nm", Map.of("k", "nm")).namespace("cl", Map.of())
            .pod("nm/a", "node-1", "10.42.1.240", Map.of("app", "s"), port("web", 8001), port("adm", 9001), port("metrics", 9100))
            .pod("nm/b", "node-2", "10.42.2.233", Map.of("app", "s"), port("web", 9001), port("adm", 8001), port("metrics", 9100))
            .pod("cl/x", "node-1", "10.42.1.237", Map.of("app", "x")).pod("cl/y", "node-2", "10.42.2.232", Map.of("app", "y"))
            .policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: cl}
                spec:
                  podSelector: {}
                  policyTypes: [Egress]
                  egress: [{to: [{namespaceSelector: {matchLabels: {k: nm}}}], ports: [{port: web}]}]
                """).dump("named-egress");
    }

    @Test
    void the_chains_are_kept_that_the_flow_comes_through() {
        var rules = namedEgress().rules("node-1", "cl/x to nm/a on TCP/9001", "open");
        assertThat(DumpedFlow.chains(rules)).containsExactly("KUBE-ROUTER-FORWARD", "KUBE-POD-FW-SARG26OPMEHQ66PC", "KUBE-NWPLCY-COMMON",
            "KUBE-NWPLCY-DEFAULT", "KUBE-POD-FW-U3RGTPTJAOP3ELAX", "KUBE-NWPLCY-PQG75JUURULUWSI2");
        assertThat(rules.chains().getFirst().rules()).hasSize(4).allMatch(r -> r.contains("10.42.1.240") || r.contains("10.42.1.237"));
        assertThat(rules.chains().getLast().rules()).hasSize(4).allMatch(r -> r.contains("policy name out namespace cl"));
    }

    @Test
    void a_set_is_told_that_has_whom_the_oracle_does_not_expect() {
        var rules = namedEgress().rules("node-1", "cl/x to nm/a on TCP/9001", "open");
        assertThat(rules.facts()).hasSize(2).last()
            .isEqualTo(
                new RuleFact.SetHas(Direction.EGRESS, OUT, "KUBE-NWPLCY-PQG75JUURULUWSI2", "KUBE-DST-PX6QMLV3RMRS6GTP", "10.42.1.240"));
        assertThat(DumpedFlow.facts(rules)).containsExactly(
            "a rule of chain KUBE-NWPLCY-PQG75JUURULUWSI2 lets it out, which policy cl/out does not say",
            "set KUBE-DST-PX6QMLV3RMRS6GTP (policy cl/out) has 10.42.1.240, which the oracle does not expect in it");
    }

    @Test
    void sets_stand_beside_what_the_oracle_expects_in_them() {
        assertThat(DumpedFlow.sets(namedEgress().rules("node-1", "cl/x to nm/a on TCP/9001", "open"))).containsExactly(
            "set KUBE-SRC-XFEZCEPDVSL2NX4V (policy cl/out): 2 members; the source is in it; the destination is not in it",
            "set KUBE-DST-PX6QMLV3RMRS6GTP (policy cl/out): 2 members; the source is not in it; the destination is in it; "
                + "there and not expected: 10.42.1.240",
            "set KUBE-DST-KH4IEUH3P3IZ3F2S (policy cl/out): 1 member; the source is not in it; the destination is in it");
    }

    @Test
    void a_set_is_told_that_lacks_whom_the_oracle_expects() {
        // As if the pod had got another address than the plugin knows.
        var moved = namedEgress().pod("cl/z", "node-1", "10.42.1.77", Map.of()).part(Kind.IPTABLES, "other",
            """
                *filter
                :FORWARD ACCEPT [0:0]
                :KUBE-POD-FW-Z - [0:0]
                :KUBE-NWPLCY-PQG75JUURULUWSI2 - [0:0]
                -A FORWARD -s 10.42.1.77/32 -j KUBE-POD-FW-Z
                -A KUBE-POD-FW-Z -s 10.42.1.77/32 -j KUBE-NWPLCY-PQG75JUURULUWSI2
                -A KUBE-NWPLCY-PQG75JUURULUWSI2 -p tcp -m comment --comment "policy name out namespace cl" -m set --match-set KUBE-SRC-XFEZCEPDVSL2NX4V src -m tcp --dport 8001 -j MARK --set-xmark 0x10000/0x10000
                COMMIT
                """);
        var rules = moved.rules("node-1", "cl/z to nm/a on TCP/8001", "blocked");
        assertThat(DumpedFlow.facts(rules))
            .containsExactly("set KUBE-SRC-XFEZCEPDVSL2NX4V lacks 10.42.1.77, which the oracle expects in it; "
                + "chain KUBE-NWPLCY-PQG75JUURULUWSI2 (policy cl/out) asks it to let the flow out");
        assertThat(DumpedFlow.sets(rules))
            .containsExactly("set KUBE-SRC-XFEZCEPDVSL2NX4V (policy cl/out): 2 members; the source is not in it; "
                + "the destination is not in it; expected and missing: 10.42.1.77");
    }

    @Test
    void nothing_is_told_where_they_are_as_expected() {
        var rules = namedEgress().rules("node-1", "cl/x to nm/a on TCP/8001", "blocked");
        assertThat(rules.facts()).containsExactly(new RuleFact.AsExpected(Direction.EGRESS));
    }

    @Test
    void it_is_told_that_no_rule_is_for_the_port() {
        var rules = namedEgress().policy("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: out, namespace: cl}
            spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 9100}]}]}
            """).rules("node-1", "cl/x to nm/a on TCP/9100", "blocked");
        assertThat(DumpedFlow.facts(rules))
            .containsExactly("chain KUBE-NWPLCY-PQG75JUURULUWSI2 (policy cl/out) has no rule that lets it out on TCP/9100");
    }

    @Test
    void it_is_told_that_a_pod_has_no_chain() {
        var rules = namedEgress().pod("cl/new", "node-1", "10.42.1.99", Map.of()).rules("node-1", "cl/new to nm/a on TCP/9001", "open");
        assertThat(DumpedFlow.facts(rules)).containsExactly("no rule leads what comes from 10.42.1.99 to the chains of policies");
    }

    @Test
    void policies_are_known_by_the_names_that_features_have_for_their_namespaces() {
        var mapped = new DumpedFlow().namespace("nm", Map.of("k", "nm")).namespace("client", Map.of())
            .pod("nm/a", "node-1", "10.42.1.240", Map.of()).pod("client/x", "node-1", "10.42.1.237", Map.of()).policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: client}
                spec: {podSelector: {}, policyTypes: [Egress]}
                """).dump("named-egress");
        var rules = mapped.rules("node-1", "client/x to nm/a on TCP/9001", "open", Map.of("cl", "client"));
        assertThat(DumpedFlow.facts(rules)).first()
            .isEqualTo("a rule of chain KUBE-NWPLCY-PQG75JUURULUWSI2 lets it out, which policy client/out "
                + "does not say");
    }

    @Test
    void the_ingress_rule_of_a_policy_of_both_types_is_told_that_lets_egress_through() {
        var rules = new DumpedFlow().namespace("shop", Map.of())
            .pod("shop/api", "node-1", "10.42.1.178", Map.of("app", "api")).pod("shop/web", "node-2", "10.42.2.167", Map.of("app", "web"))
            .policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: both, namespace: shop}
                spec:
                  podSelector: {}
                  policyTypes: [Ingress, Egress]
                  ingress: [{ports: [{port: 8080}]}]
                  egress: [{to: [{podSelector: {matchLabels: {app: api}}}]}]
                """).dump("both-types").rules("node-1", "shop/api to shop/web on TCP/8080", "open");
        assertThat(rules.facts()).singleElement().isInstanceOfSatisfying(RuleFact.LetsThrough.class,
            fact -> assertThat(fact.rule()).contains("from all sources to dest pods", "--dport 8080"));
    }

    @Test
    void a_policy_is_told_that_has_none() {
        var rules = new DumpedFlow().namespace("nm", Map.of()).namespace("cl", Map.of())
            .pod("nm/a", "node-2", "10.42.2.238", Map.of("app", "s")).pod("cl/z", "node-1", "10.42.1.244", Map.of(), port("store", 5432))
            .policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: nm}
                spec: {podSelector: {matchLabels: {app: s}}, policyTypes: [Egress], egress: [{ports: [{port: store}]}]}
                """).dump("no-rule").rules("node-2", "nm/a to cl/z on TCP/5432", "rejected");
        assertThat(DumpedFlow.facts(rules)).containsExactly("policy nm/out should let it out, and the flow comes by no rule of it");
    }

    @Test
    void nothing_is_concluded_where_none_is_of_a_policy() {
        var rules = new DumpedFlow().namespace("cl", Map.of()).pod("cl/x", "node-1", "10.42.1.237", Map.of())
            .pod("cl/y", "node-1", "10.42.1.238", Map.of()).policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: cl}
                spec: {podSelector: {}, policyTypes: [Egress]}
                """).rules("node-1", "cl/x to cl/y on TCP/80", "open");
        assertThat(rules.facts()).isEmpty();
        assertThat(rules.chains()).isEmpty();
    }
}

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

/// The dumps are of Felix 3.30.7 on a real node. A list of ports with names and numbers is a block of rules that mark there, and a named port a
/// set of addresses with ports, for ingress of the pods of all namespaces.
@DisplayName("Of Felix' rules")
class FelixRulesTest {
    private static final NamespacedName IN = new NamespacedName("shop", "in");
    private static final NamespacedName OUT = new NamespacedName("shop", "out");

    private static final String IPTABLES = DumpedFlow.file("felix-iptables.txt");
    private static final String IPSET = DumpedFlow.file("felix-ipset.txt");
    private static final String IN_CHAIN = "cali-pi-_9T4_d3oW_vFeMu3He1r";
    private static final String OUT_CHAIN = "cali-po-_ouufAgPP1BBGITAlwW3";
    /// Of the port "web" of pods of all namespaces, of those named api, and of those named db.
    private static final String ALL = "cali40n:-41d8CgYX-xMwTntiNM-X5c";
    private static final String API = "cali40n:AOkjb8ls3seADPLESSYtJy1";
    private static final String WEB = "cali40s:8KuBXZF_119AEISz3LhUQWH";

    private static ContainerPort port(String name, int number) {
        return new ContainerPort(Port.parse("TCP/" + number), name);
    }

    private static DumpedFlow felix(String iptables, String ipset) {
        return new DumpedFlow().namespace("shop", Map.of()).namespace("other", Map.of())
            .pod("shop/web", "node-1", "10.42.1.130", Map.of("app", "web"))
            .pod("shop/api", "node-1", "10.42.1.129", Map.of("app", "api"), port("web", 8080), port("tls", 8443), port("adm", 9000))
            .pod("shop/db", "node-2", "10.42.2.129", Map.of("app", "db"), port("web", 9090))
            .pod("other/x", "node-2", "10.42.2.128", Map.of("app", "x"), port("web", 7070)).policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: in, namespace: shop}
                spec:
                  podSelector: {matchExpressions: [{key: app, operator: In, values: [api, db]}]}
                  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: web}, {port: 8443}]}]
                """).policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: shop}
                spec:
                  podSelector: {matchLabels: {app: web}}
                  policyTypes: [Egress]
                  egress:
                  - to: [{podSelector: {matchLabels: {app: api}}}, {podSelector: {matchLabels: {app: db}}}]
                    ports: [{port: web}]
                  - to: [{ipBlock: {cidr: 10.42.0.0/16, except: [10.42.2.0/24, 10.42.1.0/25]}}]
                    ports: [{port: 8443}]
                """)
            .part(Kind.ROUTES, "ip route", DumpedFlow.file("felix-routes.txt"))
            .part(Kind.IPTABLES, "iptables", iptables).part(Kind.IPSET, "ipset", ipset);
    }

    @Test
    void nothing_is_told_of_sets_that_are_right() {
        var rules = felix(IPTABLES, IPSET).rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
        assertThat(rules.facts())
            .containsExactly(new RuleFact.AsExpected(Direction.EGRESS), new RuleFact.AsExpected(Direction.INGRESS));
        assertThat(rules.sets()).hasSize(4).allMatch(s -> s.missing().isEmpty() && s.unexpected().isEmpty());
    }

    @Test
    void a_rule_that_only_prepares_a_mark_lets_nothing_through() {
        var rules = felix(IPTABLES, IPSET).rules("node-1", "shop/web to shop/api on TCP/9000", "open");
        assertThat(rules.facts())
            .containsExactly(new RuleFact.AsExpected(Direction.EGRESS), new RuleFact.AsExpected(Direction.INGRESS));
    }

    @Test
    void a_set_lacks_one_of_the_numbers_of_a_named_port() {
        var rules = felix(IPTABLES, IPSET.replace("add " + ALL + " 10.42.1.129,tcp:8080\n", "add " + ALL + " 10.42.1.129,tcp:9000\n"))
            .rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
        assertThat(rules.facts()).containsExactly(new RuleFact.AsExpected(Direction.EGRESS),
            new RuleFact.SetLacks(Direction.INGRESS, IN, IN_CHAIN, ALL, "10.42.1.129,tcp:8080"));
        assertThat(DumpedFlow.sets(rules)).contains("set " + ALL + " (policy shop/in): 3 members; the source is not in it; "
            + "the destination is not in it; expected and missing: 10.42.1.129,tcp:8080; there and not expected: 10.42.1.129,tcp:9000");
    }

    @Test
    void a_set_has_an_address_on_a_port_that_is_not_of_that_name() {
        var rules = felix(IPTABLES, IPSET + "add " + ALL + " 10.42.1.129,tcp:9000\nadd " + API + " 10.42.1.129,tcp:9000\n")
            .rules("node-1", "shop/web to shop/api on TCP/9000", "open");
        assertThat(DumpedFlow.facts(rules)).containsExactly(
            "a rule of chain " + OUT_CHAIN + " lets it out, which policy shop/out does not say",
            "set " + API + " (policy shop/out) has 10.42.1.129,tcp:9000, which the oracle does not expect in it",
            "a rule of chain " + IN_CHAIN + " lets it in, which policy shop/in does not say",
            "set " + ALL + " (policy shop/in) has 10.42.1.129,tcp:9000, which the oracle does not expect in it");
    }

    @Test
    void the_set_of_one_peer_need_not_have_the_others() {
        var rules = felix(IPTABLES, IPSET.replace("add " + API + " 10.42.1.129,tcp:8080\n", "add " + API + " 10.42.1.129,tcp:8081\n"))
            .rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
        assertThat(rules.facts())
            .containsExactly(new RuleFact.SetLacks(Direction.EGRESS, OUT, OUT_CHAIN, API, "10.42.1.129,tcp:8080"),
                new RuleFact.AsExpected(Direction.INGRESS));
    }

    @Test
    void a_source_is_told_that_its_set_lacks_while_the_port_has_its_mark() {
        var rules = felix(IPTABLES, IPSET.replace("add " + WEB + " 10.42.1.130\n", ""))
            .rules("node-1", "shop/web to shop/api on TCP/8443", "blocked");
        assertThat(rules.facts()).last()
            .isEqualTo(new RuleFact.SetLacks(Direction.INGRESS, IN, IN_CHAIN, WEB, "10.42.1.130"));
    }

    @Test
    void it_is_told_that_no_rule_is_for_a_number() {
        var rules = felix(IPTABLES.replace("--dports 8443", "--dports 8444"), IPSET)
            .rules("node-1", "shop/web to shop/api on TCP/8443", "blocked");
        assertThat(rules.facts()).last().isEqualTo(new RuleFact.NoPort(Direction.INGRESS, IN, IN_CHAIN, Port.parse("TCP/8443")));
    }

    @Test
    void nothing_is_concluded_from_a_set_that_is_not_understood() {
        var rules = felix(IPTABLES, IPSET.replace("add " + ALL + " 10.42.1.129,tcp:8080\n", "add " + ALL + " 10.42.1.0/24,10.42.2.0/24\n"))
            .rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
        assertThat(rules.sets()).noneMatch(s -> s.name().equals(ALL));
        assertThat(rules.facts()).containsExactly(new RuleFact.AsExpected(Direction.EGRESS));
    }

    @Test
    void exceptions_of_a_block_clear_the_mark_that_the_block_has_set() {
        assertThat(felix(IPTABLES, IPSET).rules("node-1", "shop/web to shop/api on TCP/8443", "blocked").facts())
            .containsExactly(new RuleFact.AsExpected(Direction.EGRESS), new RuleFact.AsExpected(Direction.INGRESS));
        var excepted = felix(IPTABLES.replace("-d 10.42.1.0/25", "-d 10.42.1.0/24"), IPSET)
            .rules("node-1", "shop/web to shop/api on TCP/8443", "blocked");
        assertThat(excepted.facts()).first()
            .isEqualTo(new RuleFact.NoPort(Direction.EGRESS, OUT, OUT_CHAIN, Port.parse("TCP/8443")));
        var forgotten = felix(IPTABLES.replace("-d 10.42.2.0/24", "-d 10.43.2.0/24"), IPSET)
            .rules("node-1", "shop/web to shop/db on TCP/8443", "open");
        assertThat(forgotten.facts()).first().isInstanceOf(RuleFact.LetsThrough.class);
    }
}

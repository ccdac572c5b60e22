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

/// In the form in which Felix writes rules (felix/rules/policy.go): a list of ports with names and numbers becomes a block of rules that mark, and
/// a named port a set of addresses with ports, for ingress of the pods of all namespaces.
@DisplayName("Of Felix' rules")
class FelixRulesTest {
    private static final NamespacedName IN = new NamespacedName("shop", "in");
    private static final NamespacedName OUT = new NamespacedName("shop", "out");

    private static final String IPTABLES = """
        *filter
        :FORWARD ACCEPT [0:0]
        :cali-FORWARD - [0:0]
        :cali-from-wl-dispatch - [0:0]
        :cali-fw-cali1web - [0:0]
        :cali-pi-_in - [0:0]
        :cali-po-_out - [0:0]
        :cali-to-wl-dispatch - [0:0]
        :cali-tw-cali2api - [0:0]
        -A FORWARD -m comment --comment "cali:wUHhoiAYhphO9Mso" -j cali-FORWARD
        -A cali-FORWARD -i cali+ -m comment --comment "cali:8ZoYfO5HKXWbB3pk" -j cali-from-wl-dispatch
        -A cali-FORWARD -o cali+ -m comment --comment "cali:jdEuaPBe14V2hutn" -j cali-to-wl-dispatch
        -A cali-from-wl-dispatch -i cali1web -m comment --comment "cali:zKY1M2UsBSSqdPWZ" -g cali-fw-cali1web
        -A cali-fw-cali1web -m comment --comment "cali:OrKbFxr7BdZGAdCH" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A cali-fw-cali1web -m comment --comment "cali:Y2DkUvVzmWeVVwXh" -j MARK --set-xmark 0x0/0x30000
        -A cali-fw-cali1web -m comment --comment "cali:a3wz4B2rS5UzQrLz" -m mark --mark 0x0/0x20000 -j cali-po-_out
        -A cali-fw-cali1web -m comment --comment "cali:x0qfUbr2tbLVZZ3p" -m comment --comment "Return if policy accepted" -m mark --mark 0x10000/0x10000 -j RETURN
        -A cali-fw-cali1web -m comment --comment "cali:cqB8Tb0JZ8pzpVJw" -m comment --comment "Drop if no policies passed packet" -m mark --mark 0x0/0x20000 -j DROP
        -A cali-to-wl-dispatch -o cali2api -m comment --comment "cali:bHVvGAGbi8YKnfpF" -g cali-tw-cali2api
        -A cali-tw-cali2api -m comment --comment "cali:sPdGtZfQgrwxPB0v" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A cali-tw-cali2api -m comment --comment "cali:JbIbbxZ9PZEv8yKq" -m mark --mark 0x0/0x20000 -j cali-pi-_in
        -A cali-tw-cali2api -m comment --comment "cali:JjYVFTNrwfbXTzWw" -m mark --mark 0x10000/0x10000 -j RETURN
        -A cali-tw-cali2api -m comment --comment "cali:qbGkTEnmJ9M5HP6t" -m mark --mark 0x0/0x20000 -j DROP
        -A cali-pi-_in -m comment --comment "cali:T4S2NUh8aTcvPzGH" -m comment --comment "Policy shop/knp.default.in ingress" -j MARK --set-xmark 0x0/0xc0000
        -A cali-pi-_in -p tcp -m comment --comment "cali:1vHVmzBMpYVvTLvD" -m multiport --dports 8443 -j MARK --set-xmark 0x40000/0x40000
        -A cali-pi-_in -m comment --comment "cali:Vw3qgJY1mM7R9nyr" -m set --match-set cali40n:own dst,dst -j MARK --set-xmark 0x40000/0x40000
        -A cali-pi-_in -p tcp -m comment --comment "cali:nUY4fPqCAcJ8s2Rr" -m set --match-set cali40s:web src -m mark --mark 0x40000/0x40000 -j MARK --set-xmark 0x10000/0x10000
        -A cali-pi-_in -m comment --comment "cali:qGhkQmI0H6aQyYQ5" -m mark --mark 0x10000/0x10000 -j RETURN
        -A cali-po-_out -p tcp -m comment --comment "cali:OzKbqwG4yBAnCOFh" -m comment --comment "Policy shop/knp.default.out egress" -m set --match-set cali40n:api dst,dst -j MARK --set-xmark 0x10000/0x10000
        -A cali-po-_out -m comment --comment "cali:fF2fYfJZvQ2Yvh2z" -m mark --mark 0x10000/0x10000 -j RETURN
        -A cali-po-_out -p tcp -m comment --comment "cali:6fNw8pG7pTz9YV6M" -m set --match-set cali40n:db dst,dst -j MARK --set-xmark 0x10000/0x10000
        -A cali-po-_out -m comment --comment "cali:3JrP6zVJtJX2ZzKq" -m mark --mark 0x10000/0x10000 -j RETURN
        COMMIT
        """;
    private static final String IPSET = """
        create cali40s:web hash:net family inet hashsize 1024 maxelem 1048576
        add cali40s:web 10.65.0.2
        create cali40n:own hash:ip,port family inet hashsize 1024 maxelem 1048576
        add cali40n:own 10.65.0.3,tcp:8080
        add cali40n:own 10.65.0.4,tcp:9090
        add cali40n:own 10.65.0.9,tcp:7070
        create cali40n:api hash:ip,port family inet hashsize 1024 maxelem 1048576
        add cali40n:api 10.65.0.3,tcp:8080
        create cali40n:db hash:ip,port family inet hashsize 1024 maxelem 1048576
        add cali40n:db 10.65.0.4,tcp:9090
        """;

    private static ContainerPort port(String name, int number) {
        return new ContainerPort(Port.parse("TCP/" + number), name);
    }

    private static DumpedFlow felix(String iptables, String ipset) {
        return new DumpedFlow().namespace("shop", Map.of()).namespace("other", Map.of())
            .pod("shop/web", "node-1", "10.65.0.2", Map.of("app", "web"))
            .pod("shop/api", "node-1", "10.65.0.3", Map.of("app", "api"), port("web", 8080), port("tls", 8443), port("adm", 9000))
            .pod("shop/db", "node-2", "10.65.0.4", Map.of("app", "db"), port("web", 9090))
            .pod("other/x", "node-2", "10.65.0.9", Map.of("app", "x"), port("web", 7070)).policy("""
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
                """)
            .part(Kind.ROUTES, "ip route", "10.65.0.2 dev cali1web scope link \n10.65.0.3 dev cali2api scope link \n")
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
        var rules = felix(IPTABLES, IPSET.replace("add cali40n:own 10.65.0.3,tcp:8080\n", "add cali40n:own 10.65.0.3,tcp:9000\n"))
            .rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
        assertThat(rules.facts()).containsExactly(new RuleFact.AsExpected(Direction.EGRESS),
            new RuleFact.SetLacks(Direction.INGRESS, IN, "cali-pi-_in", "cali40n:own", "10.65.0.3,tcp:8080"));
        assertThat(DumpedFlow.sets(rules)).contains("set cali40n:own (policy shop/in): 3 members; the source is not in it; "
            + "the destination is not in it; expected and missing: 10.65.0.3,tcp:8080; there and not expected: 10.65.0.3,tcp:9000");
    }

    @Test
    void a_set_has_an_address_on_a_port_that_is_not_of_that_name() {
        var rules = felix(IPTABLES, IPSET + "add cali40n:own 10.65.0.3,tcp:9000\nadd cali40n:api 10.65.0.3,tcp:9000\n")
            .rules("node-1", "shop/web to shop/api on TCP/9000", "open");
        assertThat(DumpedFlow.facts(rules)).containsExactly("a rule of chain cali-po-_out lets it out, which policy shop/out does not say",
            "set cali40n:api (policy shop/out) has 10.65.0.3,tcp:9000, which the oracle does not expect in it",
            "a rule of chain cali-pi-_in lets it in, which policy shop/in does not say",
            "set cali40n:own (policy shop/in) has 10.65.0.3,tcp:9000, which the oracle does not expect in it");
    }

    @Test
    void the_set_of_one_peer_need_not_have_the_others() {
        var rules = felix(IPTABLES, IPSET.replace("add cali40n:api 10.65.0.3,tcp:8080\n", "add cali40n:api 10.65.0.3,tcp:8081\n"))
            .rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
        assertThat(rules.facts())
            .containsExactly(new RuleFact.SetLacks(Direction.EGRESS, OUT, "cali-po-_out", "cali40n:api", "10.65.0.3,tcp:8080"),
                new RuleFact.AsExpected(Direction.INGRESS));
    }

    @Test
    void a_source_is_told_that_its_set_lacks_while_the_port_has_its_mark() {
        var rules = felix(IPTABLES, IPSET.replace("add cali40s:web 10.65.0.2\n", ""))
            .rules("node-1", "shop/web to shop/api on TCP/8443", "blocked");
        assertThat(rules.facts()).last()
            .isEqualTo(new RuleFact.SetLacks(Direction.INGRESS, IN, "cali-pi-_in", "cali40s:web", "10.65.0.2"));
    }

    @Test
    void it_is_told_that_no_rule_is_for_a_number() {
        var rules = felix(IPTABLES.replace("--dports 8443", "--dports 8444"), IPSET)
            .rules("node-1", "shop/web to shop/api on TCP/8443", "blocked");
        assertThat(rules.facts()).last().isEqualTo(new RuleFact.NoPort(Direction.INGRESS, IN, "cali-pi-_in", Port.parse("TCP/8443")));
    }

    @Test
    void nothing_is_concluded_from_a_set_that_is_not_understood() {
        var rules = felix(IPTABLES, IPSET.replace("add cali40n:own 10.65.0.3,tcp:8080\n", "add cali40n:own 10.65.0.0/24,10.65.1.0/24\n"))
            .rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
        assertThat(rules.sets()).noneMatch(s -> s.name().equals("cali40n:own"));
        assertThat(rules.facts()).containsExactly(new RuleFact.AsExpected(Direction.EGRESS));
    }
}

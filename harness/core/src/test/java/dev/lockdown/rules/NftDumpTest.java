package dev.lockdown.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.verdict.NodeRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// In the form of nft(8); the names of chains and comments are those of Felix in its nftables mode.
@DisplayName("Of rules that nft lists")
class NftDumpTest {
    private static final String RULESET = """
        # Warning: table ip filter is managed by iptables-nft, do not touch!
        table ip filter {
        	chain FORWARD {
        		type filter hook forward priority filter; policy accept;
        		ip saddr 10.65.0.2 counter packets 3 bytes 180 drop
        	}
        }
        table ip calico {
        	map filter-cali-fw-dispatch {
        		type ifname : verdict
        		elements = { "caliaaa" : goto filter-cali-fw-caliaaa,
        			     "calibbb" : goto filter-cali-fw-calibbb }
        	}

        	set cali40s-web {
        		type ipv4_addr
        		flags interval
        		elements = { 10.65.0.7, 10.65.1.0/24,
        			     10.65.2.9 }
        	}

        	set cali40n-named {
        		type ipv4_addr . inet_proto . inet_service
        		elements = { 10.65.0.3 . tcp . 8080 }
        	}

        	chain filter-cali-fw-caliaaa {
        		ct state established,related counter packets 9 bytes 540 accept
        		counter packets 1 bytes 60 jump filter-cali-po-_out
        		meta mark & 0x00010000 == 0x00010000 counter packets 0 bytes 0 return
        		counter packets 1 bytes 60 drop comment "cali:x; Drop if no policies passed packet"
        	}

        	chain filter-cali-fw-calibbb {
        		counter packets 1 bytes 60 drop
        	}

        	chain filter-cali-po-_out {
        		meta l4proto tcp ip daddr @cali40s-web tcp dport { 80, 8000-8090 } counter packets 0 bytes 0 meta mark set mark or 0x10000 comment "cali:a; Policy shop/knp.default.out egress"
        		meta mark & 0x00010000 == 0x00010000 counter packets 0 bytes 0 return
        	}

        	chain filter-FORWARD {
        		type filter hook forward priority filter; policy accept;
        		iifname vmap @filter-cali-fw-dispatch
        		oifname "calibbb" ip daddr 10.65.0.9 counter packets 0 bytes 0 accept
        		ip saddr 10.0.0.0/8 ip daddr != 10.65.0.3 counter packets 4 bytes 240 reject with icmp type port-unreachable
        	}
        }
        """;

    private static DumpedFlow flow() {
        return new DumpedFlow().namespace("shop", Map.of())
            .pod("shop/web", "node-1", "10.65.0.2", Map.of("app", "web"))
            .pod("shop/api", "node-2", "10.65.0.3", Map.of("app", "api"), new ContainerPort(Port.parse("TCP/8080"), ""))
            .policy("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: shop}
                spec:
                  podSelector: {matchLabels: {app: web}}
                  policyTypes: [Egress]
                  egress: [{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}]
                """).part(Kind.ROUTES, "ip route", "10.65.0.2 dev caliaaa scope link \n10.65.0.0/26 via 172.18.0.3 dev eth0\n")
            .part(Kind.NFTABLES, "nft", RULESET);
    }

    private static NodeRules found() {
        return flow().rules("node-1", "shop/web to shop/api on TCP/8080", "blocked");
    }

    @Test
    void those_are_kept_that_the_interface_leads_to() {
        assertThat(DumpedFlow.chains(found())).containsExactly("filter-FORWARD", "filter-cali-fw-caliaaa", "filter-cali-po-_out");
        assertThat(found().chains().getFirst().rules())
            .containsExactly("iifname vmap { caliaaa : goto filter-cali-fw-caliaaa }");
        assertThat(found().chains()).allMatch(c -> c.table().equals("ip calico (nft)"));
    }

    @Test
    void sets_are_compared_with_what_the_oracle_expects() {
        assertThat(DumpedFlow.facts(found())).containsExactly("set cali40s-web lacks 10.65.0.3, which the oracle expects in it; "
            + "chain filter-cali-po-_out (policy shop/out) asks it to let the flow out");
        assertThat(DumpedFlow.sets(found())).containsExactly("set cali40s-web (policy shop/out): 3 members; the source is not in it; "
            + "the destination is not in it; expected and missing: 10.65.0.3");
    }

    @Test
    void each_part_is_read() {
        var builder = new Firewall.Builder();
        NftDump.read(RULESET, builder);
        var firewall = builder.build();
        assertThat(firewall.chains().keySet()).extracting(Rule.Chain::table).containsOnly("ip calico (nft)");
        assertThat(firewall.hooks().keySet()).extracting(Rule.Chain::name).containsExactly("filter-FORWARD");
        var forward = firewall.rules(new Rule.Chain("ip calico (nft)", "filter-FORWARD"));
        assertThat(forward).extracting(Rule::target)
            .containsExactlyInAnyOrder("filter-cali-fw-caliaaa", "filter-cali-fw-calibbb", "ACCEPT", "REJECT");
        assertThat(forward.getLast().matches()).extracting(Object::getClass).containsOnly(Match.Address.class).hasSize(2);
        var policy = firewall.rules(new Rule.Chain("ip calico (nft)", "filter-cali-po-_out")).getFirst();
        assertThat(policy.target()).isEqualTo("MARK");
        assertThat(policy.matches()).filteredOn(Match.Ports.class::isInstance).singleElement()
            .extracting(m -> ((Match.Ports) m).numbers().size()).isEqualTo(2);
        assertThat(firewall.sets()).containsKeys("cali40s-web", "cali40n-named");
        assertThat(firewall.sets().get("cali40n-named").members()).extracting(AddressSet.Member::port)
            .containsExactly(Port.parse("TCP/8080"));
    }

    @Test
    void marks_and_sets_with_ports_are_read() {
        var builder = new Firewall.Builder();
        NftDump.read("""
            table ip calico {
            	set cali40n-named {
            		type ipv4_addr . inet_proto . inet_service
            	}

            	chain filter-cali-pi-_in {
            		counter packets 1 bytes 60 meta mark set mark & 0xfff3ffff ^ 0x0 comment "cali:a; Policy shop/knp.default.in ingress"
            		ip daddr . meta l4proto . th dport @cali40n-named counter packets 0 bytes 0 meta mark set meta mark | 0x00040000
            		meta mark & 0x00040000 == 0x00040000 ip saddr 10.65.0.2 counter packets 0 bytes 0 meta mark set mark or 0x10000
            		meta mark & 0x00030000 != 0x00000000 counter packets 0 bytes 0 return
            		meta mark set ct mark
            	}
            }
            """, builder);
        var firewall = builder.build();
        var rules = firewall.rules(new Rule.Chain("ip calico (nft)", "filter-cali-pi-_in"));
        assertThat(rules).extracting(Rule::mark).containsExactly(new Rule.Mark(0, 0xc0000), new Rule.Mark(0x40000, 0x40000),
            new Rule.Mark(0x10000, 0x10000), null, null);
        assertThat(rules.get(1).matches()).containsExactly(new Match.InSet("cali40n-named", List.of(false, false), false));
        assertThat(rules.get(2).matches()).first().isEqualTo(new Match.Marked(0x40000, 0x40000, false));
        assertThat(rules.get(2).matches()).last().isInstanceOf(Match.Address.class);
        assertThat(rules.get(3).matches()).containsExactly(new Match.Marked(0, 0x30000, true));
        assertThat(firewall.sets().get("cali40n-named").hasPorts()).isTrue();
    }

    @Test
    void a_table_that_iptables_keeps_is_told_by_iptables_alone() {
        var builder = new Firewall.Builder();
        IptablesDump.read("iptables", "*filter\n:FORWARD ACCEPT [0:0]\n:c - [0:0]\n-A FORWARD -i eth0 -j c\nCOMMIT\n", builder);
        // Newer versions of nft warn of such tables.
        NftDump.read("""
            table ip filter {
            	chain c {
            		xt match set counter packets 0 bytes 0 accept
            	}
            	chain FORWARD {
            		type filter hook forward priority filter; policy accept;
            		iifname "eth0" counter packets 0 bytes 0 jump c
            	}
            }
            table ip6 filter {
            	chain FORWARD {
            		type filter hook forward priority filter; policy accept;
            	}
            }
            """, builder);
        var firewall = builder.build();
        assertThat(firewall.chains().keySet()).extracting(Rule.Chain::table).containsOnly("filter (iptables)", "ip6 filter (nft)");
        assertThat(firewall.hooks().keySet()).extracting(Rule.Chain::table).containsExactly("filter (iptables)", "ip6 filter (nft)");
    }
}

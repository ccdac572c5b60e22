package dev.lockdown.cluster.embedded.dns;

import static dev.lockdown.cluster.embedded.dns.Dig.lines;
import static dev.lockdown.cluster.embedded.controlplane.SnapshotFixture.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.controlplane.SnapshotFixture;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.Type;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

@DisplayName("The cluster's DNS")
class ClusterDnsTest {
    private static final List<ContainerPort> HTTP = List.of(new ContainerPort(Port.parse("TCP/8080"), "http"));
    private static final List<ContainerPort> HTTP_ELSEWHERE = List.of(new ContainerPort(Port.parse("TCP/9090"), "http"));

    private final SnapshotFixture cluster = new SnapshotFixture().namespace("shop")
        .service("shop/api", Type.CLUSTER_IP, "app=api",
            List.of(port("http", "TCP/80", new TargetPort.Name("http")), port("", "TCP/81", new TargetPort.Number(81))), "10.43.7.7",
            "fd00:10:43::7")
        .service("shop/db", Type.HEADLESS, "app=db",
            List.of(port("http", "TCP/80", new TargetPort.Name("http")), port("peer", "UDP/7", new TargetPort.Number(7))))
        .pod("shop/db-0", "app=db,tier=back", HTTP, "10.42.0.5", "fd00:10:42::5")
        .pod("shop/db-1", "app=db", HTTP_ELSEWHERE, "10.42.1.6").pod("shop/web", "app=web", List.of(), "10.42.0.9")
        .service("shop/empty", Type.HEADLESS, "app=nobody", List.of()).host("partner.example", "203.0.113.7", "2001:db8::7")
        .alias("shop/front", "api.shop.svc.cluster.local").alias("shop/outside", "partner.example").alias("shop/twice",
            "front.shop.svc.cluster.local")
        .alias("shop/round", "round.shop.svc.cluster.local").alias("shop/dead", "nobody.example");
    private final Dig dig = Dig.at(cluster);

    @Test
    void answers_a_service_with_its_cluster_ip() throws IOException {
        assertThat(dig.answers("api.shop.svc.cluster.local.", "A")).containsExactly("A 10.43.7.7");
    }

    @Test
    void answers_a_service_with_its_address_of_the_other_family() throws IOException {
        assertThat(dig.answers("api.shop.svc.cluster.local.", "AAAA")).containsExactly("AAAA fd00:10:43:0:0:0:0:7");
    }

    @Test
    void answers_an_alias_with_its_name_and_what_that_one_has() throws IOException {
        assertThat(dig.answers("twice.shop.svc.cluster.local.", "A")).containsExactly("CNAME front.shop.svc.cluster.local.",
            "CNAME api.shop.svc.cluster.local.", "A 10.43.7.7");
        assertThat(dig.answers("outside.shop.svc.cluster.local.", "AAAA")).containsExactly("CNAME partner.example.",
            "AAAA 2001:db8:0:0:0:0:0:7");
        assertThat(dig.answers("front.shop.svc.cluster.local.", "CNAME")).containsExactly("CNAME api.shop.svc.cluster.local.");
        assertThat(dig.answers("dead.shop.svc.cluster.local.", "A")).containsExactly("CNAME nobody.example.");
        assertThat(dig.answers("round.shop.svc.cluster.local.", "A")).containsExactly("CNAME round.shop.svc.cluster.local.");
    }

    @Test
    void knows_the_api_server() throws IOException {
        assertThat(dig.answers("kubernetes.default.svc.cluster.local.", "A")).containsExactly("A 10.43.0.1");
    }

    @Test
    void answers_a_headless_service_with_the_addresses_of_all_its_pods() throws IOException {
        assertThat(dig.answers("db.shop.svc.cluster.local.", "A")).containsExactlyInAnyOrder("A 10.42.0.5", "A 10.42.1.6");
    }

    @Test
    void answers_a_pod_of_a_headless_service_by_its_hostname() throws IOException {
        assertThat(dig.answers("db-1.db.shop.svc.cluster.local.", "A")).containsExactly("A 10.42.1.6");
    }

    @Test
    void does_not_know_a_headless_service_without_pods() throws IOException {
        assertThat(dig.ask("empty.shop.svc.cluster.local.", org.xbill.DNS.Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void gives_the_port_of_a_named_service_port() throws IOException {
        assertThat(dig.answers("_http._tcp.api.shop.svc.cluster.local.", "SRV"))
            .containsExactly("SRV 0 100 80 api.shop.svc.cluster.local.");
    }

    @Test
    void adds_the_addresses_of_what_a_port_points_to() throws IOException {
        var reply = dig.ask("_http._tcp.api.shop.svc.cluster.local.", org.xbill.DNS.Type.SRV);
        assertThat(lines(reply, Section.ADDITIONAL)).containsExactlyInAnyOrder("A 10.43.7.7", "AAAA fd00:10:43:0:0:0:0:7");
    }

    @Test
    void resolves_a_named_target_port_for_each_pod_of_a_headless_service() throws IOException {
        assertThat(dig.answers("_http._tcp.db.shop.svc.cluster.local.", "SRV")).containsExactlyInAnyOrder(
            "SRV 0 100 8080 db-0.db.shop.svc.cluster.local.", "SRV 0 100 9090 db-1.db.shop.svc.cluster.local.");
    }

    @Test
    void keeps_the_ports_of_two_protocols_apart() throws IOException {
        assertThat(dig.ask("_peer._tcp.db.shop.svc.cluster.local.", org.xbill.DNS.Type.SRV).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void answers_any_address_in_the_pod_domain_of_a_namespace() throws IOException {
        assertThat(dig.answers("10-42-0-77.shop.pod.cluster.local.", "A")).containsExactly("A 10.42.0.77");
    }

    @Test
    void answers_an_ipv6_address_in_the_pod_domain() throws IOException {
        assertThat(dig.answers("fd00-10-42--5.shop.pod.cluster.local.", "AAAA")).containsExactly("AAAA fd00:10:42:0:0:0:0:5");
    }

    @Test
    void has_no_pod_domain_for_a_namespace_that_is_not_there() throws IOException {
        assertThat(dig.ask("10-42-0-5.nowhere.pod.cluster.local.", org.xbill.DNS.Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void does_not_take_a_word_for_an_address_in_the_pod_domain() throws IOException {
        assertThat(dig.ask("10-42-0-777.shop.pod.cluster.local.", org.xbill.DNS.Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void names_the_service_of_a_cluster_ip() throws IOException {
        assertThat(dig.answers("7.7.43.10.in-addr.arpa.", "PTR")).containsExactly("PTR api.shop.svc.cluster.local.");
    }

    @Test
    void names_the_pod_of_a_headless_service_by_its_ipv6_address() throws IOException {
        assertThat(dig.answers("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.4.0.0.0.1.0.0.0.0.d.f.ip6.arpa.", "PTR"))
            .containsExactly("PTR db-0.db.shop.svc.cluster.local.");
    }

    @Test
    void gives_no_name_to_a_pod_without_a_headless_service() throws IOException {
        assertThat(dig.ask("9.0.42.10.in-addr.arpa.", org.xbill.DNS.Type.PTR).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void tells_the_version_of_its_schema() throws IOException {
        assertThat(dig.answers("dns-version.cluster.local.", "TXT")).containsExactly("TXT 1.1.0");
    }

    @Test
    void names_its_own_server() throws IOException {
        assertThat(dig.answers("cluster.local.", "NS")).containsExactly("NS ns.dns.cluster.local.");
    }

    @Test
    void knows_the_address_of_its_own_server() throws IOException {
        assertThat(dig.answers("ns.dns.cluster.local.", "A")).containsExactly("A 10.43.0.10");
    }

    @Test
    void has_no_data_for_a_namespace_without_services() throws IOException {
        var lonely = Dig.at(new SnapshotFixture().namespace("lonely"));
        assertThat(lonely.ask("lonely.svc.cluster.local.", org.xbill.DNS.Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void resolves_a_declared_host_outside() throws IOException {
        assertThat(dig.answers("partner.example.", "A")).containsExactly("A 203.0.113.7");
    }

    @Test
    void does_not_call_itself_the_authority_for_a_host_outside() throws IOException {
        assertThat(dig.ask("partner.example.", org.xbill.DNS.Type.A).getHeader().getFlag(Flags.AA)).isFalse();
    }

    @Test
    void is_the_authority_for_the_cluster() throws IOException {
        assertThat(dig.ask("api.shop.svc.cluster.local.", org.xbill.DNS.Type.A).getHeader().getFlag(Flags.AA)).isTrue();
    }

    @Test
    void knows_nothing_else_of_the_world() throws IOException {
        assertThat(dig.ask("www.partner.example.", org.xbill.DNS.Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void does_not_know_a_service_that_is_not_there() throws IOException {
        assertThat(dig.ask("gone.shop.svc.cluster.local.", org.xbill.DNS.Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void gives_the_start_of_authority_with_a_name_that_is_not_there() throws IOException {
        assertThat(dig.ask("gone.shop.svc.cluster.local.", org.xbill.DNS.Type.A).getSection(Section.AUTHORITY))
            .singleElement()
            .hasToString("cluster.local.\t\t5\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 1 7200 1800 86400 5");
    }

    @Test
    void has_no_data_where_the_name_has_another_type() throws IOException {
        assertThat(dig.ask("api.shop.svc.cluster.local.", org.xbill.DNS.Type.MX).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void gives_the_start_of_authority_where_it_has_no_data() throws IOException {
        assertThat(lines(dig.ask("api.shop.svc.cluster.local.", org.xbill.DNS.Type.MX), Section.AUTHORITY)).singleElement().asString()
            .startsWith("SOA ");
    }

    @Test
    void has_no_data_for_a_name_that_only_has_names_below_it() throws IOException {
        assertThat(dig.ask("_tcp.api.shop.svc.cluster.local.", org.xbill.DNS.Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void gives_every_type_when_asked_for_any() throws IOException {
        assertThat(dig.answers("api.shop.svc.cluster.local.", "ANY")).containsExactlyInAnyOrder("A 10.43.7.7", "AAAA fd00:10:43:0:0:0:0:7");
    }

    @Test
    void knows_a_change_at_once() throws IOException {
        var dns = new ClusterDns(cluster.snapshot());
        var server = new Dig(dns.server("kube-dns-1"));
        server.ask("db.shop.svc.cluster.local.", org.xbill.DNS.Type.A);
        dns.update(cluster.pod("shop/db-2", "app=db", HTTP, "10.42.1.8").snapshot());
        assertThat(server.answers("db.shop.svc.cluster.local.", "A")).contains("A 10.42.1.8");
    }

    @Test
    void leaves_out_a_name_that_dns_cannot_carry() throws IOException {
        var tooLong = "a".repeat(64);
        cluster.service("shop/" + tooLong, Type.CLUSTER_IP, "", List.of(), "10.43.9.9");
        assertThat(Dig.at(cluster).ask("9.9.43.10.in-addr.arpa.", org.xbill.DNS.Type.PTR).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }
}

package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Port;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The DNS cache of the nodes")
class DnsCacheTest {
    private static final ExternalHost CACHE = DnsCache.at("169.254.20.10");
    private static final ExternalHost PARTNER = new ExternalHost("partner.example", List.of(), List.of("203.0.113.7"));

    private final ClusterState without = ClusterState.ofNodes(List.of(new Node("node-1", Map.of())));

    @Test
    void is_a_machine_that_answers_names_at_its_address() {
        assertThat(CACHE.addresses()).containsExactly("169.254.20.10");
        assertThat(CACHE.ports()).containsExactly(Port.parse("UDP/53"), Port.parse("TCP/53"));
    }

    @Test
    void is_told_from_other_machines() {
        assertThat(DnsCache.is(CACHE)).isTrue();
        assertThat(DnsCache.is(PARTNER)).isFalse();
        assertThat(DnsCache.is(new Endpoint.Host(CACHE.name()))).isTrue();
        assertThat(DnsCache.is(new Endpoint.Host("partner.example"))).isFalse();
    }

    @Test
    void is_asked_where_there_is_one_and_else_the_service_of_the_cluster() {
        assertThat(DnsCache.asked(without)).hasToString("service:kube-system/kube-dns");
        assertThat(DnsCache.asked(without.after(new Change.AddHost(PARTNER)))).hasToString("service:kube-system/kube-dns");
        assertThat(DnsCache.asked(without.after(new Change.AddHost(CACHE)))).isEqualTo(new Endpoint.Host(CACHE.name()));
    }
}

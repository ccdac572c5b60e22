package dev.lockdown.cluster.embedded.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.dns.StubResolver;
import dev.lockdown.cluster.dns.StubResolver.Result;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.Resolved;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Probe.Transport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lookup in the cluster's DNS")
class DnsLookupTest {
    private static final TimedOut SILENCE = new TimedOut(Duration.ofMillis(1500), Lost.UNKNOWN);
    private final DnsServer server = Dig.at(DnsServerTest.withManyPods(40)).server();

    @Test
    void finds_a_service_by_its_short_name() {
        assertThat(StubResolver.inNamespace("default", this::open).resolve("kubernetes", Transport.EITHER, Family.IPV4))
            .isEqualTo(new Resolved(Duration.ZERO, List.of("10.43.0.1")));
    }

    @Test
    void finds_all_of_a_large_answer() {
        assertThat(((Resolved) StubResolver.inNamespace("shop", this::open).resolve("flock", Transport.EITHER, Family.IPV4)).addresses())
            .hasSize(40);
    }

    @Test
    void fails_for_a_large_answer_where_tcp_is_shut() {
        assertThat(StubResolver.inNamespace("shop", this::udpOnly).resolve("flock", Transport.EITHER, Family.IPV4)).isEqualTo(SILENCE);
    }

    @Test
    void finds_a_small_answer_where_tcp_is_shut() {
        assertThat(StubResolver.inNamespace("default", this::udpOnly).resolve("kubernetes", Transport.EITHER, Family.IPV4))
            .isInstanceOf(Resolved.class);
    }

    private Result open(byte[] query, boolean tcp) {
        return new Result.Answer(server.answer(query, tcp), Duration.ZERO);
    }

    private Result udpOnly(byte[] query, boolean tcp) {
        return tcp ? new Result.Failed(SILENCE) : open(query, false);
    }
}

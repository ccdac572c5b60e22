package dev.lockdown.cluster.embedded.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NamespacesAvailable
@DisplayName("An ICMP echo between pods")
class PingTest {

    private static PlannedDial ping(DialFixture network, Family family, InetAddress target) {
        var probe = new Probe.Ping(Endpoint.Pod.of("shop", "pod-0"), Endpoint.Pod.of("shop", "pod-1"), family);
        return new PlannedDial.Ping(probe, network.pods.get(0), target);
    }

    @ParameterizedTest
    @EnumSource
    void is_answered(Family family) throws IOException {
        try (var network = new DialFixture(1, 2, 2)) {
            var target = network.pods.get(1).address(family);
            assertThat(network.observe(ping(network, family, target), DialFixture.PATIENT).outcome()).isInstanceOfSatisfying(
                Outcome.Connected.class,
                seen -> assertThat(seen.answeredBy()).isEqualTo(target.getHostAddress()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_known_to_be_dropped_by_the_rule_that_did_it(Family family) throws IOException {
        try (var network = new DialFixture(1, 2, 2)) {
            network.rules("meta l4proto { icmp, ipv6-icmp } log prefix \"no echo\" group 5", "meta l4proto { icmp, ipv6-icmp } drop");
            var seen = network.observe(ping(network, family, network.pods.get(1).address(family)), DialFixture.PATIENT);
            assertThat(seen.outcome()).isInstanceOfSatisfying(Outcome.TimedOut.class,
                timedOut -> assertThat(timedOut.lost()).isEqualTo(Outcome.Lost.REQUEST));
            assertThat(seen.drops()).extracting(Drop::rule).containsExactly("rule no echo");
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_refused_where_a_rule_says_so(Family family) throws IOException {
        try (var network = new DialFixture(1, 2, 2)) {
            network.rules("meta l4proto { icmp, ipv6-icmp } reject with icmpx admin-prohibited");
            assertThat(network.observe(ping(network, family, network.pods.get(1).address(family)), DialFixture.PATIENT).outcome())
                .isInstanceOfAny(Outcome.Unreachable.class, Outcome.Refused.class);
        }
    }
}

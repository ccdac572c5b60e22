package dev.lockdown.cluster.embedded.dial;

import static dev.lockdown.cluster.embedded.dial.DialFixture.PATIENT;
import static dev.lockdown.cluster.embedded.dial.DialFixture.SOON;
import static dev.lockdown.cluster.embedded.dial.DialFixture.TCP;
import static dev.lockdown.cluster.embedded.dial.DialFixture.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unreachable;
import dev.lockdown.flow.Port;
import dev.lockdown.probe.SourcePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@NamespacesAvailable
@DisplayName("The dialler")
class DiallerTest {
    private static final String DENY = "log prefix \"deny\" group 5 snaplen 64 drop";

    private final DialFixture network;

    DiallerTest() throws IOException {
        network = new DialFixture(1, 2, 3, TCP, UDP);
    }

    @AfterEach
    void close() {
        network.close();
    }

    static Stream<Port> ports() {
        return Stream.of(TCP, UDP);
    }

    @ParameterizedTest
    @CsvSource({"TCP/8080, IPV4", "TCP/8080, IPV6", "UDP/5353, IPV4", "UDP/5353, IPV6"})
    void connects_a_pod_to_one_on_another_node(String port, Family family) {
        var seen = network.observe(network.dial(0, 1, Port.parse(port), family), PATIENT);
        assertThat(seen.outcome()).isInstanceOfSatisfying(Connected.class, connected -> {
            assertThat(connected.answeredBy()).isEqualTo("shop/pod-1");
            assertThat(connected.sourceSeen()).isEqualTo(network.pods.get(0).address(family).getHostAddress());
        });
    }

    @ParameterizedTest
    @MethodSource("ports")
    void names_the_node_and_the_rule_of_a_drop_long_before_the_deadline(Port port) {
        network.rules("ip daddr %s %s".formatted(network.address(1).getHostAddress(), DENY));
        var seen = network.observe(network.dial(0, 1, port), PATIENT);
        assertThat(seen.drops()).containsExactly(new Drop("node-0", "rule deny"));
        assertThat(seen.outcome()).isInstanceOfSatisfying(TimedOut.class, timedOut -> {
            assertThat(timedOut.after()).isLessThan(SOON);
            assertThat(timedOut.lost()).isEqualTo(Lost.REQUEST);
        });
    }

    @Test
    void finds_the_report_of_the_other_node() {
        network.rules("iifname fab " + DENY);
        assertThat(network.observe(network.dial(0, 1, TCP), PATIENT).drops()).containsExactly(new Drop("node-1", "rule deny"));
    }

    @ParameterizedTest
    @MethodSource("ports")
    void never_decides_by_silence_before_the_deadline(Port port) {
        network.rules("drop");
        assertThat(network.observe(network.dial(0, 1, port), SOON).outcome()).isInstanceOfSatisfying(TimedOut.class,
            timedOut -> assertThat(timedOut.after()).isGreaterThanOrEqualTo(SOON));
    }

    @Test
    void takes_no_other_conversations_drop_for_its_own() {
        network.rules("ip daddr %s drop".formatted(network.address(1).getHostAddress()),
            "ip daddr %s %s".formatted(network.address(2).getHostAddress(), DENY));
        var seen = network.dialler.observe(List.of(network.dial(0, 1, TCP), network.dial(0, 2, TCP)), SOON);
        assertThat(seen).extracting(Observation::drops).containsExactly(List.of(), List.of(new Drop("node-0", "rule deny")));
    }

    @Test
    void tells_a_lost_request_by_what_the_server_has_seen() {
        network.rules("udp dport 5353 drop");
        assertThat(lost(network.observe(network.dial(0, 1, UDP), SOON))).isEqualTo(Lost.REQUEST);
    }

    @Test
    void tells_a_lost_reply_by_what_the_server_has_seen() {
        network.nftables.getFirst().run("insert rule inet network forward udp sport 5353 drop");
        assertThat(lost(network.observe(network.dial(0, 1, UDP), SOON))).isEqualTo(Lost.REPLY);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void tells_a_lost_reply_by_the_report_of_its_drop(Port port) {
        network.nftables.getFirst().run("insert rule inet network forward ct direction reply " + DENY);
        assertThat(lost(network.observe(network.dial(0, 1, port), PATIENT))).isEqualTo(Lost.REPLY);
    }

    @Test
    void does_not_pretend_to_know_what_was_lost_over_tcp() {
        network.rules("drop");
        assertThat(lost(network.observe(network.dial(0, 1, TCP), SOON))).isEqualTo(Lost.UNKNOWN);
    }

    private static Lost lost(Observation seen) {
        return ((TimedOut) seen.outcome()).lost();
    }

    @ParameterizedTest
    @CsvSource({"TCP/9, tcp reset", "TCP/8080, tcp reset", "TCP/8080, icmp port-unreachable", "UDP/5353, icmp port-unreachable"})
    void is_refused_by_a_rule_that_rejects_and_names_it(String port, String reject) {
        network.rules("log prefix \"no\" group 5 snaplen 64 reject with " + reject);
        assertThat(network.observe(network.dial(0, 1, Port.parse(port)), PATIENT)).satisfies(seen -> {
            assertThat(seen.outcome()).isEqualTo(new Refused());
            assertThat(seen.drops()).containsExactly(new Drop("node-0", "rule no"));
        });
    }

    @ParameterizedTest
    @CsvSource({"TCP/9", "UDP/9"})
    void is_refused_where_nothing_listens_and_names_no_rule(String port) {
        var seen = network.observe(network.dial(0, 1, Port.parse(port)), PATIENT);
        assertThat(seen.outcome()).isEqualTo(new Refused());
        assertThat(seen.drops()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TCP/8080, icmp, host-prohibited, IPV4, HOST", "UDP/5353, icmp, net-prohibited, IPV4, NO_ROUTE",
        "TCP/8080, icmpv6, admin-prohibited, IPV6, ADMINISTRATIVELY_PROHIBITED",
        "UDP/5353, icmpv6, admin-prohibited, IPV6, ADMINISTRATIVELY_PROHIBITED"})
    void tells_the_kind_of_unreachable(String port, String protocol, String code, Family family, Icmp expected) {
        network.rules("%s reject with %s %s".formatted(family == Family.IPV4 ? "meta nfproto ipv4" : "meta nfproto ipv6", protocol, code));
        assertThat(network.observe(network.dial(0, 1, Port.parse(port), family), PATIENT).outcome()).isEqualTo(new Unreachable(expected));
    }

    @Test
    void is_misdirected_by_an_impostor() {
        network.pods.get(1).agent().answerAs("shop/ghost");
        assertThat(network.observe(network.dial(0, 1, TCP), PATIENT).outcome()).isEqualTo(new Misdirected("shop/ghost"));
    }

    @Test
    void serves_the_backend_behind_a_translated_address() {
        var service = new InetSocketAddress(InetAddress.ofLiteral("10.43.0.7"), 80);
        network.translate(service, new InetSocketAddress(network.address(1), TCP.number()));
        assertThat(network.observe(network.dial(0, 1, TCP, service, 0, 0), PATIENT).outcome()).isInstanceOf(Connected.class);
    }

    @Test
    void names_the_rule_that_drops_behind_a_translated_address() {
        var service = new InetSocketAddress(InetAddress.ofLiteral("10.43.0.7"), 80);
        network.rules(DENY);
        network.translate(service, new InetSocketAddress(network.address(1), TCP.number()));
        assertThat(network.observe(network.dial(0, 1, TCP, service, TCP.number(), 0), PATIENT).drops())
            .containsExactly(new Drop("node-0", "rule deny"));
    }

    @ParameterizedTest
    @MethodSource("ports")
    void lets_a_pod_reach_itself(Port port) {
        assertThat(network.observe(network.dial(0, 0, port), PATIENT).outcome()).isInstanceOf(Connected.class);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void asks_the_rules_again_each_time_though_the_source_port_is_the_same(Port port) {
        var target = new InetSocketAddress(network.address(1), port.number());
        assertThat(network.observe(network.dial(0, 1, port, target, 8080, 0), PATIENT).outcome()).isInstanceOf(Connected.class);
        network.rules(DENY);
        assertThat(network.observe(network.dial(0, 1, port, target, 8080, 0), PATIENT).drops())
            .containsExactly(new Drop("node-0", "rule deny"));
    }

    @Test
    void keeps_calls_apart_that_leave_from_one_port_and_are_slow_to_decide() {
        network.rules("ip daddr %s drop".formatted(network.address(1).getHostAddress()),
            "ip daddr %s %s".formatted(network.address(2).getHostAddress(), DENY));
        var seen = network.dialler.observe(List.of(from8080(1), from8080(2)), SOON);
        assertThat(seen).extracting(Observation::drops).containsExactly(List.of(), List.of(new Drop("node-0", "rule deny")));
    }

    private PlannedDial from8080(int to) {
        return network.dial(0, to, UDP, new InetSocketAddress(network.address(to), UDP.number()), 8080, 0);
    }

    @Test
    void delivers_an_unasked_datagram_where_no_rule_is_against_it() {
        assertThat(network.observe(network.unasked(0, UDP.number(), 1), PATIENT).outcome()).isInstanceOfSatisfying(Connected.class,
            seen -> assertThat(seen.sourceSeen()).isEqualTo(network.address(0).getHostAddress()));
    }

    @Test
    void names_the_rule_that_drops_an_unasked_datagram() {
        network.rules("udp dport 5353 accept", DENY);
        assertThat(network.observe(network.unasked(0, UDP.number(), 1), PATIENT)).satisfies(seen -> {
            assertThat(lost(seen)).isEqualTo(Lost.REQUEST);
            assertThat(seen.drops()).containsExactly(new Drop("node-0", "rule deny"));
        });
    }

    @Test
    void does_not_know_more_than_silence_when_an_unasked_datagram_stays_out_without_a_report() {
        network.rules("drop");
        assertThat(lost(network.observe(network.unasked(0, UDP.number(), 1), SOON))).isEqualTo(Lost.UNKNOWN);
    }

    @Test
    void fails_the_dials_of_a_dead_agent_and_makes_none() {
        network.pods.getFirst().agent().die();
        assertThat(network.observe(network.dial(0, 1, TCP), PATIENT).outcome())
            .isEqualTo(new ProbeFailed("the agent of shop/pod-0 is dead"));
    }

    @Test
    void sends_no_unasked_datagram_to_a_dead_agent() {
        network.pods.get(1).agent().die();
        assertThat(network.observe(network.unasked(0, UDP.number(), 1), PATIENT).outcome())
            .isEqualTo(new ProbeFailed("the agent of shop/pod-1 is dead"));
    }

    @ParameterizedTest
    @CsvSource({"shop/pod-0", "shop/pod-1"})
    void sees_nothing_but_silence_over_a_cable_that_is_cut(String pod) {
        network.wiring.linkDown(NamespacedName.parse(pod));
        var seen = network.observe(network.dial(0, 1, TCP), SOON);
        assertThat(lost(seen)).isEqualTo(Lost.UNKNOWN);
        assertThat(seen.drops()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ports")
    void carries_more_than_one_packet_each_way(Port port) {
        var target = new InetSocketAddress(network.address(1), port.number());
        assertThat(network.observe(network.dial(0, 1, port, target, 0, 8000), PATIENT).outcome()).isInstanceOf(Connected.class);
    }

    @Test
    void gives_the_answers_in_the_order_of_the_questions() {
        var dials = network.table(TCP, UDP);
        var seen = network.dialler.observe(dials, PATIENT);
        assertThat(seen).extracting(Observation::probe).containsExactlyElementsOf(dials.stream().map(PlannedDial::probe).toList());
        assertThat(seen).extracting(Observation::outcome).hasOnlyElementsOfType(Connected.class);
    }

    @Test
    void has_an_answer_for_no_question() {
        assertThat(network.dialler.observe(List.of(), PATIENT)).isEmpty();
    }

    @Test
    void gives_up_when_it_is_interrupted() {
        network.rules("drop");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> network.observe(network.dial(0, 1, TCP), PATIENT)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void begins_the_ports_of_each_endpoint_elsewhere_because_a_pod_gets_the_address_of_one_that_has_gone() {
        assertThat(Stream.generate(network.dialler::ports).limit(50).map(SourcePorts::next)).doesNotHaveDuplicates();
    }
}

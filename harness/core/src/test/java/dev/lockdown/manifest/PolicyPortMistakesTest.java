package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.refusalOfSpec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The port of a policy")
class PolicyPortMistakesTest {

    @Test
    void is_no_number_in_quotes() {
        assertThat(refusalOf("port: \"80\"")).isEqualTo("""
            a.yaml:5:29: NetworkPolicy.spec.ingress[0].ports[0].port is the string "80"
              expected a number without quotes: 80, or the name of a port, which has a letter""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "99999999999999999999"})
    void is_from_1_to_65535(String number) {
        assertThat(refusalOf("port: " + number)).isEqualTo("""
            a.yaml:5:29: NetworkPolicy.spec.ingress[0].ports[0].port is %s
              expected a whole number from 1 to 65535""".formatted(number));
    }

    @Test
    void is_a_whole_number() {
        assertThat(refusalOf("port: 80.5"))
            .isEqualTo("a.yaml:5:29: NetworkPolicy.spec.ingress[0].ports[0].port is the number 80.5; expected a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "a-name-of-sixteen", "a--b", "-a", "a-", "a_b", "1-2", "http tcp"})
    void has_a_name_of_the_form_IANA_SVC_NAME(String name) {
        assertThat(refusalOf("port: " + name)).isEqualTo("""
            a.yaml:5:29: NetworkPolicy.spec.ingress[0].ports[0].port is "%s"
              expected at most 15 of a-z, 0-9 and "-", at least one a letter, "-" neither first, last nor doubled (IANA_SVC_NAME), \
            such as http""".formatted(name));
    }

    @Test
    void ends_no_range_below_its_beginning() {
        assertThat(refusalOf("port: 80, endPort: 79")).isEqualTo("""
            a.yaml:5:33: NetworkPolicy.spec.ingress[0].ports[0].endPort is 79, below port 80
              a range runs upwards; did you mean port: 79 and endPort: 80?""");
    }

    @Test
    void begins_no_range_with_a_name() {
        assertThat(refusalOf("port: http, endPort: 90")).isEqualTo("""
            a.yaml:5:35: NetworkPolicy.spec.ingress[0].ports[0] has endPort beside the named port "http"
              a range begins with a number; write the number of the port, or remove endPort""");
    }

    @Test
    void is_there_where_a_range_ends() {
        assertThat(refusalOf("endPort: 90")).isEqualTo("""
            a.yaml:5:23: NetworkPolicy.spec.ingress[0].ports[0] has endPort without port
              a range needs both, such as port: 32000 and endPort: 32768""");
    }

    @Test
    void has_a_protocol_in_capital_letters() {
        assertThat(refusalOf("protocol: tcp")).isEqualTo("""
            a.yaml:5:33: NetworkPolicy.spec.ingress[0].ports[0].protocol is "tcp"
              did you mean "TCP"? expected one of: TCP, UDP, SCTP""");
    }

    @Test
    void has_no_protocol_without_ports() {
        assertThat(refusalOf("protocol: ICMP")).contains("protocol is \"ICMP\"\n  expected one of: TCP, UDP, SCTP");
    }

    @Test
    void may_be_the_first_or_the_last_or_a_range_of_one() {
        var ports = Texts.policy("ingress: [{ports: [{port: 1}, {port: 65535}, {port: 80, endPort: 80}]}]").rules(Direction.INGRESS)
            .getFirst().ports();
        assertThat(ports).containsExactly(new PolicyPort.Range(Protocol.TCP, 1, 1), new PolicyPort.Range(Protocol.TCP, 65535, 65535),
            new PolicyPort.Range(Protocol.TCP, 80, 80));
    }

    private static String refusalOf(String port) {
        return refusalOfSpec("ingress: [{ports: [{%s}]}]".formatted(port));
    }
}

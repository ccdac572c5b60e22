package dev.lockdown.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ContainerPort;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Ports in a table cell")
class PortsTest {

    @Test
    void are_protocols_with_numbers_and_maybe_names() {
        assertThat(Ports.parse("TCP/8080, UDP/5353,SCTP/9, http=TCP/80")).containsExactly(port(Protocol.TCP, 8080, ""),
            port(Protocol.UDP, 5353, ""),
            port(Protocol.SCTP, 9, ""), port(Protocol.TCP, 80, "http"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void may_be_none(String text) {
        assertThat(Ports.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8080", "TCP", "TCP/80/81"})
    void have_a_slash(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse(text))
            .withMessage("\"%s\" is no port; expected TCP/8080, or http=TCP/8080 to name it", text);
    }

    @Test
    void have_a_known_protocol() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse("tcp/80"))
            .withMessage("unknown protocol \"tcp\" in \"tcp/80\"; did you mean \"TCP\"? expected one of: TCP, UDP, SCTP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", ""})
    void have_a_number_from_1_to_65535(String number) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse("TCP/" + number))
            .withMessage("\"%s\" in \"TCP/%s\" is no port number; expected 1 to 65535", number, number);
    }

    @Test
    void have_valid_names() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse("80=TCP/80")).withMessageStartingWith(
            "the port name \"80\" is not valid; expected at most 15 of a-z, 0-9 and \"-\", at least one a letter, ");
    }

    @Test
    void have_no_name_twice() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse("a=TCP/80, a=TCP/81"))
            .withMessage("the port name \"a\" is given twice");
    }

    @Test
    void have_no_port_twice() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse("TCP/80, a=TCP/80")).withMessage("port TCP/80 is given twice");
    }

    private static ContainerPort port(Protocol protocol, int number, String name) {
        return new ContainerPort(new Port(protocol, number), name);
    }
}

package dev.lockdown.cluster.embedded.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.Nflog.Packet;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The header of a packet")
class IpHeaderTest {
    private static final String TCP4 = "4500003c000040004006000a0a2a00020a2a0803" + "9c401f90";
    private static final String WITH_OPTIONS = "4600003c000040004006000a0a2a00020a2a0803" + "01010101" + "9c401f90";
    private static final String SCTP6 = "6000000000208440fd420000000000000000000000000002fd420000000000010000000000000003" + "9c400035";
    private static final String ICMP4 = "4500003c000040004001000a0a2a00020a2a0803" + "08000000";

    @Test
    void of_IPv4_has_addresses_and_ports() {
        assertThat(read(TCP4)).isEqualTo(new Packet("p", 6, ip("10.42.0.2"), 40000, ip("10.42.8.3"), 8080));
    }

    @Test
    void of_IPv4_may_have_options() {
        assertThat(read(WITH_OPTIONS)).isEqualTo(new Packet("p", 6, ip("10.42.0.2"), 40000, ip("10.42.8.3"), 8080));
    }

    @Test
    void of_IPv6_has_addresses_and_ports() {
        assertThat(read(SCTP6)).isEqualTo(new Packet("p", 132, ip("fd42::2"), 40000, ip("fd42:0:0:1::3"), 53));
    }

    @Test
    void of_ICMP_has_no_ports() {
        assertThat(read(ICMP4)).isEqualTo(new Packet("p", 1, ip("10.42.0.2"), 0, ip("10.42.8.3"), 0));
    }

    @Test
    void that_is_cut_before_the_ports_has_none() {
        assertThat(read(TCP4.substring(0, 40))).isEqualTo(new Packet("p", 6, ip("10.42.0.2"), 0, ip("10.42.8.3"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "45", "4500003c000040004006000a0a2a0002", "6000000000208440fd420000000000000000000000000002",
        "ff00003c000040004006000a0a2a00020a2a0803"})
    void that_is_none_is_no_packet(String bytes) {
        assertThat(read(bytes)).isNull();
    }

    private static Packet read(String hex) {
        return IpHeader.read("p", ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }
}

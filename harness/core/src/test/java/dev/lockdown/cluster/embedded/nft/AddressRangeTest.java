package dev.lockdown.cluster.embedded.nft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.state.Cidr;
import dev.lockdown.state.NetworkPolicy.Peer.IpBlock;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The ranges of a block")
class AddressRangeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10.0.0.0/8     |                            | 10.0.0.0-10.255.255.255",
        "0.0.0.0/0      |                            | 0.0.0.0-255.255.255.255",
        "10.0.0.7/32    |                            | 10.0.0.7",
        "10.0.0.0/30    | 10.0.0.0/32                | 10.0.0.1-10.0.0.3",
        "10.0.0.0/30    | 10.0.0.3/32                | 10.0.0.0-10.0.0.2",
        "10.0.0.0/30    | 10.0.0.1/32                | 10.0.0.0 10.0.0.2-10.0.0.3",
        "10.0.0.0/30    | 10.0.0.0/31 10.0.0.2/31    | ",
        "10.0.0.0/8     | 10.1.0.0/16 10.1.2.0/24    | 10.0.0.0-10.0.255.255 10.2.0.0-10.255.255.255",
        "10.0.0.0/8     | 10.1.2.0/24 10.1.0.0/16    | 10.0.0.0-10.0.255.255 10.2.0.0-10.255.255.255",
        "10.0.0.0/8     | 192.168.0.0/16             | 10.0.0.0-10.255.255.255",
        "10.0.0.0/8     | fd00::/8                   | 10.0.0.0-10.255.255.255",
        "fd00::/127     |                            | fd00:0:0:0:0:0:0:0-fd00:0:0:0:0:0:0:1",
        "::/0           | 8000::/1                   | 0:0:0:0:0:0:0:0-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/126 | 2001:db8::1/128            | 2001:db8:0:0:0:0:0:0 2001:db8:0:0:0:0:0:2-2001:db8:0:0:0:0:0:3"})
    void leave_out_its_exceptions(String cidr, String except, String expected) {
        assertThat(ranges(cidr, except)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void hold_their_first_and_last_address_and_none_beside() {
        var range = AddressRange.of(new IpBlock(Cidr.parse("10.0.0.4/30"), List.of())).getFirst();

        assertThat(
            Stream.of("10.0.0.3", "10.0.0.4", "10.0.0.7", "10.0.0.8", "::a00:4").filter(a -> range.contains(InetAddress.ofLiteral(a))))
            .containsExactly("10.0.0.4", "10.0.0.7");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.8/30 10.0.0.0/30, 10.0.0.0-10.0.0.3 10.0.0.8-10.0.0.11", "10.0.0.0/30 10.0.0.4/30, 10.0.0.0-10.0.0.7",
        "10.0.0.0/24 10.0.0.4/30 10.0.1.0/32, 10.0.0.0-10.0.1.0", "10.0.0.7/32 10.0.0.7/32, 10.0.0.7",
        "fd00::/128 fd00::1/128, fd00:0:0:0:0:0:0:0-fd00:0:0:0:0:0:0:1"})
    void of_several_blocks_are_merged(String cidrs, String expected) {
        var ranges = Stream.of(cidrs.split(" ")).flatMap(cidr -> AddressRange.of(new IpBlock(Cidr.parse(cidr), List.of())).stream());

        assertThat(AddressRange.merged(ranges).stream().map(AddressRange::toString).collect(Collectors.joining(" "))).isEqualTo(expected);
    }

    private static String ranges(String cidr, String except) {
        var exceptions = except == null ? Stream.<String>of() : Stream.of(except.split(" "));
        return AddressRange.of(new IpBlock(Cidr.parse(cidr), exceptions.map(Cidr::parse).toList())).stream().map(AddressRange::toString)
            .collect(Collectors.joining(" "));
    }
}

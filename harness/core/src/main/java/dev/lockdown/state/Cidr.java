package dev.lockdown.state;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// An address block, its host bits zero: `10.0.0.0/8`, `2001:db8::/32`.
public record Cidr(InetAddress network, int prefixLength) {

    /// Parse a block. Host bits are cleared, as the API server and the data planes do.
    ///
    /// @throws IllegalArgumentException if the text is not an address literal, a slash and a prefix length of its family
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) throw invalid(text, "it has no prefix length");
        var address = literal(text, text.substring(0, slash));
        var length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(length) > address.length * 8)
            throw invalid(text, "the prefix length is not between 0 and " + address.length * 8);
        int prefix = Integer.parseInt(length);
        for (int bit = prefix; bit < address.length * 8; bit++) address[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        return new Cidr(address(address), prefix);
    }

    /// The last address of the block.
    public InetAddress last() {
        var bytes = network.getAddress();
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
        return address(bytes);
    }

    private static byte[] literal(String text, String address) {
        // Only literals may reach InetAddress: it would look a name up.
        boolean four = address.matches("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
        if (!four && !address.matches("[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) throw invalid(text, "it does not start with an address");
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            throw invalid(text, "it does not start with an address");
        }
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException(
            "\"%s\" is not a CIDR block: %s; expected one such as 10.0.0.0/8 or 2001:db8::/32".formatted(text, why));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}

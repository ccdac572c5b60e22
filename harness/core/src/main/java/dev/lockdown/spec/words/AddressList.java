package dev.lockdown.spec.words;

import dev.lockdown.state.InputException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Address literals of a table's cell: `203.0.113.7, 2001:db8::7` or a range, `198.51.100.1 to 198.51.100.40`.
public final class AddressList {
    private static final int MOST = 1000;

    private AddressList() {}

    public static List<String> parse(String text) {
        var addresses = new ArrayList<String>();
        if (text.isBlank()) return addresses;
        for (var part : text.split("\\s*,\\s*")) {
            var ends = part.strip().split("\\s+to\\s+", -1);
            if (ends.length == 1) addresses.add(literal(ends[0]).getHostAddress());
            else range(literal(ends[0]), literal(ends[1]), addresses);
        }
        return addresses;
    }

    private static void range(InetAddress first, InetAddress last, List<String> addresses) {
        var from = new BigInteger(1, first.getAddress());
        int count = new BigInteger(1, last.getAddress()).subtract(from).min(BigInteger.valueOf(MOST)).intValue() + 1;
        if (count < 1 || count > MOST || first.getAddress().length != last.getAddress().length)
            throw new InputException(
                "%s to %s is not a range of at most %s addresses, upwards".formatted(first.getHostAddress(), last.getHostAddress(), MOST));
        for (int i = 0; i < count; i++) addresses.add(address(from.add(BigInteger.valueOf(i)), first.getAddress().length).getHostAddress());
    }

    private static InetAddress address(BigInteger value, int length) {
        var bytes = new byte[length];
        var digits = value.toByteArray();
        for (int i = 0; i < Math.min(length, digits.length); i++) bytes[length - 1 - i] = digits[digits.length - 1 - i];
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                "\"%s\" is not an address; expected one such as 203.0.113.7, or a range such as 198.51.100.1 to 198.51.100.40"
                    .formatted(text));
        }
    }
}

package dev.lockdown.state;

import java.net.Inet6Address;
import java.net.InetAddress;

/// Addresses as people write them: IPv6 in the form of RFC 5952, its longest run of zeros left out.
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    public static String of(InetAddress address) {
        return address instanceof Inet6Address ? of(address.getAddress()) : address.getHostAddress();
    }

    /// The same of a literal; what is none stays as it is.
    public static String of(String literal) {
        if (!literal.contains(":")) return literal;
        try {
            return of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException _) {
            return literal;
        }
    }

    private static String of(byte[] bytes) {
        var groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        int from = 0;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) end++;
            if (end - i > longest) {
                from = i;
                longest = end - i;
            }
        }
        // One zero alone is written.
        if (longest == 1) return join(groups, 0, GROUPS);
        return join(groups, 0, from) + "::" + join(groups, from + longest, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        return text.toString();
    }
}

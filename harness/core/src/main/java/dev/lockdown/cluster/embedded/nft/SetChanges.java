package dev.lockdown.cluster.embedded.nft;

import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What turns one version of a table into another where nothing but a few elements of its address sets differ: the common small change,
/// for which no script needs to be written and parsed.
///
/// @param elements in the order in which they must be made
public record SetChanges(String table, List<Element> elements) {
    /// Beyond, a script takes as long, and the messages might not fit into one buffer.
    private static final int MOST = 64;

    private static final String SEPARATOR = " . ";
    private static final String PROTOCOL = " . inet_proto";
    private static final String PORT = PROTOCOL + " . inet_service";
    private static final Set<String> KEYS = Set.of("", PROTOCOL, PORT);

    /// @param key as the kernel's registers hold it: every part filled up to four bytes
    public record Element(boolean added, String set, byte[] key) {}

    /// Give the elements that differ.
    ///
    /// @return null where a script is needed
    public static @Nullable SetChanges between(Table before, Table after) {
        if (!before.chains().equals(after.chains()) || !before.lookups().keySet().equals(after.lookups().keySet())) return null;
        var deleted = new ArrayList<Element>();
        var added = new ArrayList<Element>();
        for (var lookup : after.lookups().entrySet()) {
            var old = before.lookups().get(lookup.getKey());
            var now = lookup.getValue();
            if (old == null || old == now) continue;
            if (!collect(false, lookup.getKey(), old, now, deleted) || !collect(true, lookup.getKey(), now, old, added)) return null;
        }
        deleted.addAll(added);
        return new SetChanges(after.name(), deleted);
    }

    /// @return false where one of them cannot be said so
    private static boolean collect(boolean added, String id, Lookup of, Lookup beside, List<Element> into) {
        for (var element : of.elements().entrySet()) {
            if (element.getValue().equals(beside.elements().get(element.getKey()))) continue;
            var key = key(of, element.getKey());
            if (key == null || into.size() == MOST) return false;
            into.add(new Element(added, id, key));
        }
        return true;
    }

    private static byte @Nullable [] key(Lookup set, String element) {
        boolean six = set.type().startsWith("ipv6_addr");
        if (!six && !set.type().startsWith("ipv4_addr") || set.intervals()) return null;
        if (!KEYS.contains(set.type().substring("ipv4_addr".length()))) return null;
        int protocol = element.indexOf(SEPARATOR);
        int port = protocol < 0 ? -1 : element.indexOf(SEPARATOR, protocol + 1);
        var address = InetAddress.ofLiteral(protocol < 0 ? element : element.substring(0, protocol));
        // An IPv4-mapped address of IPv6 has become one of IPv4 here.
        if (six != address instanceof Inet6Address) return null;
        var bytes = address.getAddress();
        var key = ByteBuffer.allocate(bytes.length + (protocol < 0 ? 0 : Integer.BYTES) + (port < 0 ? 0 : Integer.BYTES)).put(bytes);
        if (protocol >= 0) key.put((byte) number(element, protocol, port < 0 ? element.length() : port)).put(new byte[3]);
        if (port >= 0) key.putShort((short) number(element, port, element.length()));
        return key.array();
    }

    private static int number(String element, int separator, int end) {
        return Integer.parseInt(element, separator + SEPARATOR.length(), end, 10);
    }
}

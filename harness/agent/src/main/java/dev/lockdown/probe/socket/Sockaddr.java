package dev.lockdown.probe.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.lockdown.flow.Family;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// `struct sockaddr_in { u16 family; be16 port; be32 address; u8 zero[8]; }` and `struct sockaddr_in6 { u16 family; be16 port; be32 flow;
/// u8 address[16]; u32 scope; }` (ip(7), ipv6(7)), with room for a length behind it.
final class Sockaddr {
    static final short AF_INET = 2;
    static final short AF_INET6 = 10;
    private static final int LONGEST = 28;
    private static final int PORT = 2;
    private static final int SCOPE = 24;

    private final MemorySegment bytes;
    private final MemorySegment length;

    private Sockaddr(Arena arena) {
        bytes = arena.allocate(LONGEST, Integer.BYTES);
        length = arena.allocateFrom(JAVA_INT, LONGEST);
    }

    /// One for the kernel to fill.
    static Sockaddr empty(Arena arena) {
        return new Sockaddr(arena);
    }

    static Sockaddr of(Arena arena, InetSocketAddress at) {
        var made = new Sockaddr(arena);
        var address = at.getAddress();
        boolean four = Family.of(address) == Family.IPV4;
        made.bytes.set(JAVA_SHORT, 0, four ? AF_INET : AF_INET6);
        made.bytes.set(JAVA_BYTE, PORT, (byte) (at.getPort() >> 8));
        made.bytes.set(JAVA_BYTE, PORT + 1, (byte) at.getPort());
        MemorySegment.copy(address.getAddress(), 0, made.bytes, JAVA_BYTE, place(four), address.getAddress().length);
        if (address instanceof Inet6Address six) made.bytes.set(JAVA_INT, SCOPE, six.getScopeId());
        made.length.set(JAVA_INT, 0, four ? 16 : LONGEST);
        return made;
    }

    private static int place(boolean four) {
        return four ? 4 : 8;
    }

    static int number(Family family) {
        return family == Family.IPV4 ? AF_INET : AF_INET6;
    }

    long pointer() {
        return bytes.address();
    }

    long lengthPointer() {
        return length.address();
    }

    int length() {
        return length.get(JAVA_INT, 0);
    }

    InetSocketAddress read() {
        boolean four = bytes.get(JAVA_SHORT, 0) == AF_INET;
        var address = bytes.asSlice(place(four), four ? 4 : 16).toArray(JAVA_BYTE);
        int port = Byte.toUnsignedInt(bytes.get(JAVA_BYTE, PORT)) << 8 | Byte.toUnsignedInt(bytes.get(JAVA_BYTE, PORT + 1));
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 or 16 bytes", e);
        }
    }
}

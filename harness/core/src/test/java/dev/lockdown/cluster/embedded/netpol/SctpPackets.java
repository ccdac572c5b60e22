package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.kernel.RawSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The first packets of an association (RFC 9260, section 3), made by hand and sent by a raw socket, for which a kernel needs no SCTP: what rules,
/// connection tracking and address translation make of them is the same.
final class SctpPackets implements AutoCloseable {
    static final byte INIT = 1;
    static final byte INIT_ACK = 2;
    private static final int PROTOCOL = 132;
    private static final int HEADER = 12;
    private static final int CHUNK = 20;
    private static final int CHECKSUM = 8;
    private static final int TAG = 0x10c0;
    private static final int WINDOW = 1 << 16;

    private final RawSocket socket;

    /// On the calling thread, in the namespace of the address.
    SctpPackets(InetAddress own) {
        socket = RawSocket.open(PROTOCOL, own, -1);
    }

    /// What came.
    ///
    /// @param sound whether its checksum is right
    record Packet(int from, int to, byte chunk, boolean sound) {}

    void send(byte chunk, int from, InetAddress to, int port) {
        // An INIT carries no verification tag; its answer carries that of the INIT. INIT-ACK needs a state cookie behind the chunk.
        int cookie = chunk == INIT_ACK ? 8 : 0;
        var packet = ByteBuffer.allocate(HEADER + CHUNK + cookie).putShort((short) from).putShort((short) port)
            .putInt(chunk == INIT ? 0 : TAG).putInt(0).put(chunk).put((byte) 0).putShort((short) (CHUNK + cookie)).putInt(TAG)
            .putInt(WINDOW)
            .putShort((short) 1).putShort((short) 1).putInt(1);
        if (cookie > 0) packet.putShort((short) 7).putShort((short) cookie).putInt(TAG);
        packet.putInt(CHECKSUM, checksum(packet.array()));
        if (!socket.send(packet.flip(), socket.address(to))) throw new IllegalStateException("the kernel did not take a packet to " + to);
    }

    /// CRC32c in the order of bytes that section 6.8 asks for, over the packet with zeros in its place.
    private static int checksum(byte[] packet) {
        var whole = packet.clone();
        ByteBuffer.wrap(whole).putInt(CHECKSUM, 0);
        var crc = new CRC32C();
        crc.update(whole);
        return Integer.reverseBytes((int) crc.getValue());
    }

    /// @return null where nothing came
    @Nullable Packet receive() {
        var came = socket.receive();
        if (came == null) return null;
        var bytes = new byte[came.remaining()];
        came.get(bytes);
        var packet = ByteBuffer.wrap(bytes);
        return new Packet(Short.toUnsignedInt(packet.getShort(0)), Short.toUnsignedInt(packet.getShort(2)), packet.get(HEADER),
            packet.getInt(CHECKSUM) == checksum(bytes));
    }

    @Override
    public void close() {
        socket.close();
    }
}

package dev.lockdown.cluster.embedded.kernel;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The packets that rules with `log group N` report, in the namespace in which it was opened. Used by one thread at a time.
///
/// The kernel reports each packet at once, before the system call that sent it returns when sender and rule are joined by
/// virtual Ethernet, so that [#drain] right after a dial tells why it was dropped.
///
/// The messages are those of `linux/netfilter/nfnetlink_log.h`.
public final class Nflog implements AutoCloseable {
    private static final int NFNL_SUBSYS_ULOG = 4;
    private static final int NFULNL_MSG_PACKET = 0;
    private static final int NFULNL_MSG_CONFIG = 1;
    private static final int NFULA_CFG_CMD = 1;
    private static final int NFULA_CFG_MODE = 2;
    private static final int NFULA_CFG_QTHRESH = 5;
    private static final byte NFULNL_CFG_CMD_BIND = 1;
    private static final byte NFULNL_COPY_PACKET = 2;
    private static final int NFULA_PAYLOAD = 9;
    private static final int NFULA_PREFIX = 10;
    private static final byte HEADERS_ONLY = 64;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int ROOM = 16 << 20;

    private final NetlinkSocket socket;
    private long overruns;

    private Nflog(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// A packet that a rule reported. Ports are 0 where the protocol has none.
    ///
    /// @param prefix the rule's `log prefix`
    /// @param protocol its number in the IP header
    public record Packet(String prefix, int protocol, InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {}

    /// Open a group in the calling thread's namespace. A group has one reader.
    public static Nflog open(int group) {
        var socket = NetlinkSocket.open(NetlinkSocket.NETFILTER);
        try {
            var requests = new NetlinkRequests();
            configure(requests, group, NFULA_CFG_CMD, NFULNL_CFG_CMD_BIND);
            // struct nfulnl_msg_config_mode { be32 copy_range; u8 copy_mode; u8 pad; }
            configure(requests, group, NFULA_CFG_MODE, (byte) 0, (byte) 0, (byte) 0, HEADERS_ONLY, NFULNL_COPY_PACKET, (byte) 0);
            configure(requests, group, NFULA_CFG_QTHRESH, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
            socket.exchange(requests);
            if (!Libc.trySetOption(socket.fd(), SOL_SOCKET, SO_RCVBUFFORCE, ROOM))
                Libc.trySetOption(socket.fd(), SOL_SOCKET, SO_RCVBUF, ROOM);
            return new Nflog(socket);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// Hand over every packet reported since the last time, without waiting for more.
    public void drain(Consumer<Packet> packets) {
        while (true) {
            int length = socket.receiveNow();
            if (length == -Errno.ENOBUFS) {
                overruns++;
            } else if (length < 0) {
                if (length != -Errno.EAGAIN) throw new KernelException("recv of NFLOG", -length);
                return;
            } else {
                read(length, packets);
            }
        }
    }

    /// How many times reports were lost because nobody drained them. Where it grows, a missing report proves nothing.
    public long overruns() {
        return overruns;
    }

    @Override
    public void close() {
        socket.close();
    }

    private static void configure(NetlinkRequests requests, int group, int attribute, byte... value) {
        requests.begin("NFLOG group " + group, NetfilterMessage.type(NFNL_SUBSYS_ULOG, NFULNL_MSG_CONFIG), 0);
        NetfilterMessage.header(requests, 0, group);
        requests.attribute(attribute, value).end();
    }

    private void read(int length, Consumer<Packet> packets) {
        var buffer = socket.buffer();
        for (int at = 0; at < length; at += NetlinkSocket.align(buffer.getInt(at))) {
            if (buffer.getShort(at + 4) != NetfilterMessage.type(NFNL_SUBSYS_ULOG, NFULNL_MSG_PACKET)) continue;
            var packet = packet(buffer, at + NetfilterMessage.HEADER, at + buffer.getInt(at));
            if (packet != null) packets.accept(packet);
        }
    }

    private static @Nullable Packet packet(ByteBuffer buffer, int from, int to) {
        var prefix = "";
        ByteBuffer payload = null;
        for (int at = from; at + 4 <= to;) {
            int length = Short.toUnsignedInt(buffer.getShort(at));
            int type = buffer.getShort(at + 2) & 0x3fff;
            if (type == NFULA_PREFIX) prefix = text(buffer, at + 4, length - 5);
            if (type == NFULA_PAYLOAD) payload = buffer.slice(at + 4, length - 4).order(ByteOrder.BIG_ENDIAN);
            at += NetlinkSocket.align(length);
        }
        return payload == null ? null : IpHeader.read(prefix, payload);
    }

    private static String text(ByteBuffer buffer, int at, int length) {
        var bytes = new byte[length];
        buffer.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

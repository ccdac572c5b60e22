package dev.lockdown.cluster.embedded.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A netlink socket in the namespace of the thread that opened it. Used by one thread at a time.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
final class NetlinkSocket implements AutoCloseable {
    static final int ROUTE = 0;
    static final int NETFILTER = 12;

    static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;
    // Netlink hands over one message buffer per call; the kernel makes those of a page or two.
    private static final int CAPACITY = 1 << 14;

    private final int fd;
    private final ByteBuffer buffer;
    private final MemorySegment segment;
    private boolean closed;

    private NetlinkSocket(int fd, ByteBuffer buffer) {
        this.fd = fd;
        this.buffer = buffer;
        segment = MemorySegment.ofBuffer(buffer);
    }

    static NetlinkSocket open(int protocol) {
        return open(protocol, ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.nativeOrder()));
    }

    /// Open with the buffer of a socket that is no longer used.
    static NetlinkSocket open(int protocol, ByteBuffer buffer) {
        int fd = Libc.socket(AF_NETLINK, SOCK_RAW, protocol);
        // Short acknowledgements, with the kernel's own words. Kernels before 4.12 have neither and need neither.
        Libc.trySetOption(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1);
        Libc.trySetOption(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
        return new NetlinkSocket(fd, buffer);
    }

    int fd() {
        return fd;
    }

    /// Send everything at once, read every acknowledgement, and leave the requests empty.
    ///
    /// @throws KernelException for the first request that was refused; the others were made nevertheless
    void exchange(NetlinkRequests requests) {
        var refused = tryExchange(requests);
        if (refused != null) throw refused;
    }

    /// As [#exchange], but gives the first refusal back.
    @Nullable KernelException tryExchange(NetlinkRequests requests) {
        try {
            if (requests.count() > 0) Libc.send(fd, requests.segment(), requests.length());
            KernelException first = null;
            for (int missing = requests.count(); missing > 0;) {
                int length = Libc.recv(fd, segment);
                for (int at = 0; at < length; at += align(buffer.getInt(at))) {
                    int position = requests.position(buffer.getInt(at + 8));
                    if (type(at) != NLMSG_ERROR || position < 0) continue;
                    missing--;
                    var refusal = refusal(at, requests.call(position));
                    if (first == null) first = refusal;
                }
            }
            return first;
        } finally {
            requests.clear();
        }
    }

    /// Send one request that asks for everything that there is, and read it message by message.
    ///
    /// @param message takes the place in [#buffer] where one begins
    void dump(NetlinkRequests requests, IntConsumer message) {
        try {
            Libc.send(fd, requests.segment(), requests.length());
            while (true) {
                int length = Libc.recv(fd, segment);
                for (int at = 0; at < length; at += align(buffer.getInt(at))) {
                    if (requests.position(buffer.getInt(at + 8)) < 0) continue;
                    if (type(at) == NLMSG_DONE) return;
                    if (type(at) != NLMSG_ERROR) message.accept(at);
                    else if (refusal(at, requests.call(0)) instanceof KernelException refused) throw refused;
                }
            }
        } finally {
            requests.clear();
        }
    }

    /// Send a batch, and leave the requests empty. The kernel has worked on all of it when the call returns, and answers what it refuses.
    ///
    /// @return the first refusal, or null if all was made
    @Nullable KernelException tryBatch(NetlinkRequests requests) {
        try {
            Libc.send(fd, requests.segment(), requests.length());
            KernelException first = null;
            for (int length; (length = receiveNow()) != -Errno.EAGAIN;) {
                if (length < 0) return new KernelException("recv of the answer to a batch", -length);
                for (int at = 0; at < length; at += align(buffer.getInt(at))) {
                    int position = requests.position(buffer.getInt(at + 8));
                    if (type(at) == NLMSG_ERROR && position >= 0 && first == null) first = refusal(at, requests.call(position));
                }
            }
            return first;
        } finally {
            requests.clear();
        }
    }

    /// Read into [#buffer()] what has arrived, without waiting.
    ///
    /// @return its length, or the negated errno
    int receiveNow() {
        return Libc.recvNow(fd, segment);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /// Let go of the socket. Repeatable.
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        Libc.close(fd);
    }

    static int align(int length) {
        return (length + 3) & ~3;
    }

    private int type(int at) {
        return Short.toUnsignedInt(buffer.getShort(at + 4));
    }

    /// Read `struct nlmsgerr { int error; struct nlmsghdr msg; }` and the attributes behind it.
    private @Nullable KernelException refusal(int at, String call) {
        int error = buffer.getInt(at + NetlinkRequests.HEADER);
        if (error == 0) return null;
        boolean explained = (buffer.getShort(at + 6) & NLM_F_ACK_TLVS) != 0;
        int attributes = at + NetlinkRequests.HEADER + 4 + NetlinkRequests.HEADER;
        return new KernelException(call, -error, explained ? text(attributes, at + buffer.getInt(at)) : "");
    }

    private String text(int from, int to) {
        for (int at = from; at + 4 <= to; at += align(Short.toUnsignedInt(buffer.getShort(at)))) {
            int length = Short.toUnsignedInt(buffer.getShort(at));
            if (length < 4) break;
            if (buffer.getShort(at + 2) != NLMSGERR_ATTR_MSG) continue;
            var bytes = new byte[length - 5];
            buffer.get(at + 4, bytes);
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        return "";
    }
}

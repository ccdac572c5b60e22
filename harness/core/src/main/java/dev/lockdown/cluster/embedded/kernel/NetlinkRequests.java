package dev.lockdown.cluster.embedded.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Netlink requests being written, one behind the other. Each asks to be acknowledged, but for those of a batch.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
final class NetlinkRequests {
    static final int HEADER = 16;
    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_ACK = 4;
    private static final int NLA_F_NESTED = 0x8000;
    private static final int CAPACITY = 1 << 15;
    // An acknowledgement charges the socket about 800 bytes of its 208 KB whatever its length; a longest request has 300 bytes.
    private static final int MOST = 100;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.nativeOrder());
    private final MemorySegment segment = MemorySegment.ofBuffer(buffer);
    private final List<String> calls = new ArrayList<>();
    private int start;
    private int sent;

    /// Begin a request: `struct nlmsghdr { u32 len; u16 type; u16 flags; u32 seq; u32 pid; }`.
    ///
    /// @param call how to name it if the kernel refuses it
    NetlinkRequests begin(String call, int type, int flags) {
        return beginQuietly(call, type, NLM_F_ACK | flags);
    }

    /// As [#begin], for a request that is answered only if it is refused.
    NetlinkRequests beginQuietly(String call, int type, int flags) {
        calls.add(call);
        start = buffer.position();
        return u32(0).u16(type).u16(NLM_F_REQUEST | flags).u32(sent + calls.size() - 1).u32(0);
    }

    void end() {
        buffer.putInt(start, buffer.position() - start);
    }

    NetlinkRequests u8(int value) {
        buffer.put((byte) value);
        return this;
    }

    NetlinkRequests u16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    NetlinkRequests u32(int value) {
        buffer.putInt(value);
        return this;
    }

    /// An attribute: `struct nlattr { u16 len; u16 type; }`, its value, and padding to four bytes that its length leaves out.
    NetlinkRequests attribute(int type, byte... value) {
        u16(4 + value.length).u16(type);
        buffer.put(value);
        while (buffer.position() % 4 != 0) u8(0);
        return this;
    }

    NetlinkRequests attributeU32(int type, int value) {
        return u16(8).u16(type).u32(value);
    }

    NetlinkRequests attributeText(int type, String text) {
        return attribute(type, (text + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    /// Begin an attribute that holds attributes.
    ///
    /// @return what [#unnest] wants
    int nest(int type) {
        int at = buffer.position();
        u16(0).u16(type | NLA_F_NESTED);
        return at;
    }

    void unnest(int nest) {
        buffer.putShort(nest, (short) (buffer.position() - nest));
    }

    boolean isFull() { return calls.size() >= MOST; }

    MemorySegment segment() {
        return segment;
    }

    int length() {
        return buffer.position();
    }

    int count() {
        return calls.size();
    }

    /// The position of a sequence number among these requests, or -1 if it belongs to earlier ones.
    int position(int sequence) {
        int at = sequence - sent;
        return at >= 0 && at < calls.size() ? at : -1;
    }

    String call(int position) {
        return calls.get(position);
    }

    void clear() {
        sent += calls.size();
        calls.clear();
        buffer.clear();
    }
}

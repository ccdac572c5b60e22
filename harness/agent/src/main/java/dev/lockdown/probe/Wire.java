package dev.lockdown.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The protocol of dial and echo, version 1: a line of ASCII each way, then as many bytes of payload as the line says.
///
/// ```
/// LOCKDOWN/1 00f1e2d3c4b5a697 3000
/// LOCKDOWN/1 00f1e2d3c4b5a697 shop/api 10.42.0.5/40312 3000
/// ```
///
/// The question carries its nonce in hexadecimal; the answer repeats it and adds who answers and the address and port from which the
/// question came. Unknown versions are not answered.
final class Wire {
    /// What a question, an answer and an unsolicited datagram begin with.
    static final byte[] GREETING = "LOCKDOWN/1 ".getBytes(StandardCharsets.US_ASCII);

    /// More than this without a line's end is not this protocol.
    static final int LONGEST_LINE = 512;

    /// A datagram carries no more than this, line included.
    static final int LONGEST_DATAGRAM = 16 * 1024;

    private static final int NONCE_DIGITS = 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Wire() {}

    static ByteBuffer question(long nonce, int payload) {
        var line = ByteBuffer.allocate(GREETING.length + NONCE_DIGITS + 12 + payload);
        putNonce(line.put(GREETING), nonce);
        putText(line.put((byte) ' '), Integer.toString(payload));
        return putPayload(line.put((byte) '\n'), payload).flip();
    }

    static ByteBuffer answer(long nonce, String identity, String source, int payload) {
        var line = ByteBuffer.allocate(GREETING.length + NONCE_DIGITS + identity.length() + source.length() + 14 + payload);
        putNonce(line.put(GREETING), nonce);
        putText(line.put((byte) ' '), identity);
        putText(line.put((byte) ' '), source);
        putText(line.put((byte) ' '), Integer.toString(payload));
        return putPayload(line.put((byte) '\n'), payload).flip();
    }

    /// Whether the bytes could be the beginning of a message, judged by as much of the greeting as there is.
    static boolean greets(ByteBuffer bytes) {
        int known = Math.min(GREETING.length, bytes.remaining());
        for (int i = 0; i < known; i++) if (bytes.get(bytes.position() + i) != GREETING[i]) return false;
        return true;
    }

    /// Where the line ends, as an index of the buffer, or -1 where it has not ended yet.
    static int lineEnd(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) if (bytes.get(i) == '\n') return i;
        return -1;
    }

    /// The words of the line behind the greeting.
    static String[] words(ByteBuffer bytes, int lineEnd) {
        int from = bytes.position() + GREETING.length;
        var text = new byte[Math.max(0, lineEnd - from)];
        bytes.get(from, text);
        return new String(text, StandardCharsets.US_ASCII).split(" ", -1);
    }

    /// @throws NumberFormatException if the word is no nonce
    static long nonce(String word) {
        return Long.parseUnsignedLong(word, 16);
    }

    /// @throws NumberFormatException if the word is no length that this protocol allows
    static int payload(String word) {
        int length = Integer.parseInt(word);
        if (length < 0 || length > LONGEST_PAYLOAD) throw new NumberFormatException("payload of " + word + " bytes");
        return length;
    }

    /// Whether the payload behind the line came as it was sent.
    static boolean intact(ByteBuffer bytes, int lineEnd, int payload) {
        for (int i = 0; i < payload; i++) if (bytes.get(lineEnd + 1 + i) != payloadByte(i)) return false;
        return true;
    }

    static final int LONGEST_PAYLOAD = 1 << 20;

    private static void putNonce(ByteBuffer to, long nonce) {
        for (int shift = 60; shift >= 0; shift -= 4) to.put(HEX[(int) (nonce >>> shift) & 15]);
    }

    private static void putText(ByteBuffer to, String ascii) {
        for (int i = 0; i < ascii.length(); i++) to.put((byte) ascii.charAt(i));
    }

    private static ByteBuffer putPayload(ByteBuffer to, int length) {
        for (int i = 0; i < length; i++) to.put(payloadByte(i));
        return to;
    }

    private static byte payloadByte(int index) {
        return (byte) ('a' + index % 23);
    }
}

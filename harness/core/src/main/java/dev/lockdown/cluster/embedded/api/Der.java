package dev.lockdown.cluster.embedded.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the few forms of DER that a certificate needs (ITU-T X.690).
final class Der {
    private static final int CONSTRUCTED = 0x20;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, parts);
    }

    /// @param bytes big-endian, its first bit the sign
    static byte[] integer(byte... bytes) {
        return tagged(0x02, bytes);
    }

    static byte[] bits(byte[] bytes) {
        return tagged(0x03, new byte[1], bytes);
    }

    static byte[] octets(byte[] bytes) {
        return tagged(0x04, bytes);
    }

    static byte[] text(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param time such as `20200101000000Z`
    static byte[] time(String time) {
        return tagged(0x18, time.getBytes(StandardCharsets.US_ASCII));
    }

    /// @param arcs at least two, the first two below 40
    static byte[] identifier(int... arcs) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(arcs[0] * 40 + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) if (arcs[i] >> shift != 0) bytes.write(0x80 | arcs[i] >> shift);
            bytes.write(arcs[i] & 0x7f);
        }
        return tagged(0x06, bytes.toByteArray());
    }

    /// A context-specific form around others.
    static byte[] explicit(int number, byte[] part) {
        return tagged(0x80 | CONSTRUCTED | number, part);
    }

    /// A context-specific form in place of a universal one.
    static byte[] implicit(int number, byte[] content) {
        return tagged(0x80 | number, content);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        int length = 0;
        for (var part : parts) length += part.length;
        var bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        if (length > 0xff) {
            bytes.write(0x82);
            bytes.write(length >> 8);
        } else if (length > 0x7f) {
            bytes.write(0x81);
        }
        bytes.write(length);
        for (var part : parts) bytes.writeBytes(part);
        return bytes.toByteArray();
    }
}

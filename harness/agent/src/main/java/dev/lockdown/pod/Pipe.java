package dev.lockdown.pod;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;

/// The standard input of an agent that is a thread of this process. Unlike the JDK's piped stream, it does not mind which threads write, nor
/// that they end.
public final class Pipe extends InputStream {
    private static final byte[] END = {};

    private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private byte[] piece = {0};
    private int at = 1;

    /// Have more to read.
    public void write(byte[] bytes) {
        if (bytes.length > 0) pieces.add(bytes);
    }

    /// Have nothing more to read.
    @Override
    public void close() {
        pieces.add(END);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            while (at == piece.length) {
                if (piece == END) return -1;
                piece = pieces.take();
                at = 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, count);
        at += count;
        return count;
    }
}

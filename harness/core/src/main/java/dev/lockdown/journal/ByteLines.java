package dev.lockdown.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The lines of a file as bytes, without their newlines: whoever parses them decodes them, on another thread. Used by one thread.
///
/// Reading fails with an [UncheckedIOException].
final class ByteLines implements Iterator<byte[]>, Closeable {
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int from;
    private int until;
    private boolean ended;
    private byte @Nullable [] next;

    ByteLines(Path file) throws IOException {
        in = Files.newInputStream(file);
    }

    @Override
    public boolean hasNext() {
        if (next == null) next = read();
        return next != null;
    }

    @Override
    public byte[] next() {
        if (!hasNext()) throw new NoSuchElementException();
        var line = next;
        next = null;
        if (line == null) throw new NoSuchElementException();
        return line;
    }

    /// @return null at the end
    private byte @Nullable [] read() {
        int at = from;
        while (true) {
            for (; at < until; at++)
                if (buffer[at] == '\n') {
                    var line = Arrays.copyOfRange(buffer, from, at);
                    from = at + 1;
                    return line;
                }
            if (ended) {
                var last = from < until ? Arrays.copyOfRange(buffer, from, until) : null;
                from = until;
                return last;
            }
            at -= from;
            fill();
        }
    }

    /// Read on behind the line that has begun, which moves to the front.
    private void fill() {
        int begun = until - from;
        var into = begun * 2 > buffer.length ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, from, into, 0, begun);
        buffer = into;
        from = 0;
        try {
            int count = in.read(buffer, begun, buffer.length - begun);
            ended = count < 0;
            until = begun + Math.max(0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package dev.lockdown.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;

/// A connected channel as the socket that TLS is laid over. All reads together end at one deadline: a socket's own timeout starts anew
/// with each read, and a handshake has several.
final class DeadlineSocket extends Socket {
    private final Socket socket;
    private final LongSupplier nanos;
    private final long deadline;

    DeadlineSocket(SocketChannel channel, Duration within, LongSupplier nanos) {
        this.socket = channel.socket();
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + within.toNanos();
    }

    @Override
    public boolean isConnected() { return socket.isConnected(); }

    @Override
    public boolean isClosed() { return socket.isClosed(); }

    @Override
    public InputStream getInputStream() throws IOException { return new Bounded(socket.getInputStream()); }

    @Override
    public OutputStream getOutputStream() throws IOException { return socket.getOutputStream(); }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private final class Bounded extends InputStream {
        private final InputStream in;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long left = deadline - nanos.getAsLong();
            if (left <= 0) throw new SocketTimeoutException("deadline");
            socket.setSoTimeout(Math.toIntExact(Math.ceilDiv(left, 1_000_000L)));
            return in.read(bytes, offset, length);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }
}

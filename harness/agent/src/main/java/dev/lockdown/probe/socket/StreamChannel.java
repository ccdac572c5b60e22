package dev.lockdown.probe.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One end of a connection over any stream protocol. Used as the JDK's own channels, but for these: it does not block, no selector takes it,
/// and it has no [Socket].
final class StreamChannel extends SocketChannel implements Watchable {
    private final NativeSocket socket;
    private final int protocol;
    private volatile @Nullable InetSocketAddress target;
    private volatile boolean connected;

    /// @param peer who opened it, or null where nobody did yet
    StreamChannel(NativeSocket socket, int protocol, @Nullable InetSocketAddress peer) {
        super(SelectorProvider.provider());
        this.socket = socket;
        this.protocol = protocol;
        target = peer;
        connected = peer != null;
    }

    @Override
    public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
        if (!(local instanceof InetSocketAddress at)) throw new IllegalArgumentException("%s is no address to bind".formatted(local));
        socket.bind(at);
        return this;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        Options.set(socket, protocol, name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException("reading " + name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of(StandardSocketOptions.SO_LINGER, StandardSocketOptions.SO_REUSEPORT, StandardSocketOptions.SO_SNDBUF,
            StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.TCP_NODELAY);
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        requireNonBlocking();
        if (connected) throw new AlreadyConnectedException();
        if (!(remote instanceof InetSocketAddress to))
            throw new IllegalArgumentException("%s is no address to connect to".formatted(remote));
        target = to;
        return connected = socket.connect(to);
    }

    @Override
    public boolean finishConnect() throws IOException {
        if (connected) return true;
        if (target == null) throw new NoConnectionPendingException();
        return connected = socket.isConnected();
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public boolean isConnectionPending() {
        return target != null && !connected;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() throws IOException {
        if (!isOpen()) throw new ClosedChannelException();
        return connected ? target : null;
    }

    @Override
    public InetSocketAddress getLocalAddress() throws IOException {
        return socket.local();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        requireConnected();
        return socket.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            int count = read(into[i]);
            if (count < 0) return all == 0 ? -1 : all;
            all += count;
            if (into[i].hasRemaining()) break;
        }
        return all;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        requireConnected();
        return socket.write(from);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            all += write(from[i]);
            if (from[i].hasRemaining()) break;
        }
        return all;
    }

    private void requireConnected() throws IOException {
        requireNonBlocking();
        if (!isOpen()) throw new ClosedChannelException();
        if (!connected) throw new NotYetConnectedException();
    }

    private void requireNonBlocking() {
        if (isBlocking()) throw new IllegalBlockingModeException();
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        socket.shutdown(0);
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        socket.shutdown(1);
        return this;
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException("a channel of any protocol has no socket of the JDK");
    }

    @Override
    public void watchedBy(Readiness readiness, Runnable ready) throws IOException {
        socket.watchedBy(readiness, ready);
    }

    @Override
    protected void implCloseSelectableChannel() {
        socket.close();
    }

    /// The descriptor never blocks.
    @Override
    protected void implConfigureBlocking(boolean block) {}
}

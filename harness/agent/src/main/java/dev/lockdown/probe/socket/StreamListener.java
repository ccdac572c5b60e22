package dev.lockdown.probe.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Listens over any stream protocol, as [StreamChannel] connects.
final class StreamListener extends ServerSocketChannel implements Watchable {
    private static final int USUAL_BACKLOG = 50;

    private final NativeSocket socket;
    private final int protocol;

    StreamListener(NativeSocket socket, int protocol) {
        super(SelectorProvider.provider());
        this.socket = socket;
        this.protocol = protocol;
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        if (!(local instanceof InetSocketAddress at)) throw new IllegalArgumentException("%s is no address to bind".formatted(local));
        socket.bind(at);
        socket.listen(backlog > 0 ? backlog : USUAL_BACKLOG);
        return this;
    }

    @Override
    public @Nullable SocketChannel accept() throws IOException {
        if (isBlocking()) throw new IllegalBlockingModeException();
        var accepted = socket.accept();
        return accepted == null ? null : new StreamChannel(accepted.socket(), protocol, accepted.peer());
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        Options.set(socket, protocol, name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException("reading " + name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of(StandardSocketOptions.SO_REUSEPORT, StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public InetSocketAddress getLocalAddress() throws IOException {
        return socket.local();
    }

    @Override
    public ServerSocket socket() {
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

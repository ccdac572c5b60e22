package dev.lockdown.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers questions over TCP or SCTP, any number on each connection.
final class StreamServer implements Server, Wakeups.Ready {
    /// The JDK's own default of 50 makes the fifty-first of many dials at once wait a second for its SYN's retransmission.
    private static final int BACKLOG = 65535;

    /// Above this the oldest connection is reset: its peer is gone and its goodbye was lost.
    private static final int MOST_CONNECTIONS = 4096;

    private final ServerSocketChannel listener;
    private final Responder responder;
    private final ArrayDeque<StreamConnection> open = new ArrayDeque<>();
    private final List<SocketChannel> taken = new ArrayList<>();
    private Wakeups wakeups = Wakeups.NONE;

    private StreamServer(ServerSocketChannel listener, Responder responder) {
        this.listener = listener;
        this.responder = responder;
    }

    /// @param listener unbound; closed if it cannot be bound
    static StreamServer on(ServerSocketChannel listener, InetSocketAddress address, Responder responder) throws IOException {
        try {
            listener.configureBlocking(false);
            // A dial from this very port must be possible beside the listener.
            listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            listener.bind(address, BACKLOG);
            return new StreamServer(listener, responder);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    @Override
    public synchronized void serveReady() {
        if (!open.isEmpty()) serveOpen();
        accept();
    }

    private void accept() {
        try {
            for (SocketChannel accepted; listener.isOpen() && (accepted = listener.accept()) != null;) begin(accepted);
        } catch (IOException e) {
            // No descriptor left: the peer stays in the backlog and its dial shows it.
        }
    }

    @Override
    public synchronized void hangUp(InetSocketAddress peer) {
        for (var each = open.descendingIterator(); each.hasNext();) {
            var connection = each.next();
            if (!connection.peer().equals(peer)) continue;
            connection.close();
            each.remove();
            return;
        }
    }

    /// Hand over a connection of a peer that has said nothing yet, and serve it no longer.
    ///
    /// @return null where there is none
    synchronized @Nullable SocketChannel take(InetSocketAddress peer) throws IOException {
        serveReady();
        for (var each = open.descendingIterator(); each.hasNext();) {
            var connection = each.next();
            if (!connection.peer().equals(peer)) continue;
            each.remove();
            if (wakeups != Wakeups.NONE) wakeups.watch(connection.channel(), 0, () -> {});
            connection.handOver();
            taken.removeIf(t -> !t.isOpen());
            taken.add(connection.channel());
            return connection.channel();
        }
        return null;
    }

    private void serveOpen() {
        for (Iterator<StreamConnection> each = open.iterator(); each.hasNext();) if (!each.next().advance()) each.remove();
    }

    private void begin(SocketChannel accepted) throws IOException {
        StreamConnection connection;
        try {
            connection = StreamConnection.on(accepted, responder);
        } catch (IOException e) {
            accepted.close();
            return;
        }
        if (!connection.advance()) return;
        if (open.size() == MOST_CONNECTIONS) open.removeFirst().close();
        open.addLast(connection);
        if (wakeups != Wakeups.NONE) watch(connection);
    }

    private void watch(StreamConnection connection) throws IOException {
        wakeups.watch(connection.channel(), connection.waitsFor(), () -> serve(connection));
    }

    private synchronized void serve(StreamConnection connection) {
        // It may have become ready just before.
        if (connection.isHandedOver()) return;
        int before = connection.waitsFor();
        try {
            if (!connection.advance()) open.remove(connection);
            else if (connection.waitsFor() != before) watch(connection);
        } catch (IOException e) {
            connection.close();
            open.remove(connection);
        }
    }

    @Override
    public synchronized void watchedBy(Wakeups loop) throws IOException {
        wakeups = loop;
        loop.watch(listener, SelectionKey.OP_ACCEPT, this);
    }

    /// Somebody connects; those who have are watched each for itself.
    @Override
    public synchronized void ready() {
        accept();
    }

    @Override
    public synchronized void close() {
        Closing.quietly(listener);
        open.forEach(StreamConnection::close);
        open.clear();
        taken.forEach(Closing::quietly);
        taken.clear();
    }
}

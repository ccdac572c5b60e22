package dev.lockdown.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/// Answers each datagram with one.
final class UdpServer implements Server, Wakeups.Ready {
    private final DatagramChannel channel;
    private final Responder responder;
    private final List<DatagramChannel> taken = new ArrayList<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(Wire.LONGEST_DATAGRAM);

    private UdpServer(DatagramChannel channel, Responder responder) {
        this.channel = channel;
        this.responder = responder;
    }

    /// @param channel unbound; closed if it cannot be bound
    static UdpServer on(DatagramChannel channel, InetSocketAddress address, Responder responder) throws IOException {
        try {
            channel.configureBlocking(false);
            // A dial from this very port must be possible beside the server; the kernel prefers its connected socket for its answers.
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.bind(address);
            return new UdpServer(channel, responder);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public synchronized void serveReady() {
        if (!channel.isOpen()) return;
        try {
            while (serveOne()) {}
        } catch (IOException e) {
            // An answer that could not be sent is lost, as on the way: the question comes again, or its dial times out.
        }
    }

    private boolean serveOne() throws IOException {
        var peer = (InetSocketAddress) channel.receive(received.clear());
        if (peer == null) return false;
        var answer = responder.answer(received.flip(), peer);
        if (answer != null) channel.send(answer, peer);
        return true;
    }

    /// Send a datagram that answers nothing, from the port that is served.
    synchronized void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        channel.send(datagram, to);
    }

    /// Open a socket on the same port that hears one peer alone, whom the server then hears no longer.
    ///
    /// @param opened unbound; closed with the server, or if it cannot be connected
    synchronized DatagramChannel beside(DatagramChannel opened, InetSocketAddress at, InetSocketAddress peer) throws IOException {
        try {
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            opened.bind(at);
            opened.connect(peer);
            taken.removeIf(t -> !t.isOpen());
            taken.add(opened);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void watchedBy(Wakeups wakeups) throws IOException {
        wakeups.watch(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready() {
        serveReady();
    }

    @Override
    public synchronized void close() {
        Closing.quietly(channel);
        taken.forEach(Closing::quietly);
        taken.clear();
    }
}

package dev.lockdown.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/// Answers each datagram with one.
final class UdpServer implements Server, Wakeups.Ready {
    private final DatagramChannel channel;
    private final Responder responder;
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
    }
}

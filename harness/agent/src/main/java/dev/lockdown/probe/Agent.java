package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What runs in one pod: an identity and the servers that answer with it. Servers may be driven by any number of threads.
public final class Agent implements AutoCloseable {
    private volatile String identity;
    private final Sockets sockets;
    private final EchoResponder echo;
    private final Map<Port, List<Listening>> servers = new ConcurrentHashMap<>();
    private volatile Wakeups wakeups = Wakeups.NONE;
    private volatile boolean dead;

    /// @param identity `namespace/name` of a pod, or the name of a node or host: what its echo servers say
    /// @throws IllegalArgumentException if the identity is not one word of ASCII
    public Agent(String identity, Sockets sockets) {
        this.identity = checked(identity);
        this.sockets = sockets;
        echo = new EchoResponder(identity);
    }

    private static String checked(String identity) {
        if (!identity.matches("[!-~]+"))
            throw new IllegalArgumentException("\"%s\" cannot be said in one word of ASCII".formatted(identity));
        return identity;
    }

    /// Be another from now on: its servers answer under this identity.
    ///
    /// @throws IllegalArgumentException if the identity is not one word of ASCII
    public void become(String other) {
        identity = checked(other);
        echo.answerAs(other);
    }

    /// Serve echo, by which dials with [Echo] know who answers and what the network made of their source address.
    ///
    /// @param at the wildcard address serves every address of the pod
    public void serve(Protocol protocol, InetSocketAddress at) throws IOException {
        serve(protocol, at, echo);
    }

    /// Serve something else, such as DNS.
    public void serve(Protocol protocol, InetSocketAddress at, Responder responder) throws IOException {
        var family = Family.of(at.getAddress());
        var server = switch (protocol) {
            case TCP -> StreamServer.on(sockets.listener(family), at, responder);
            case UDP -> UdpServer.on(sockets.udp(family), at, responder);
            case SCTP -> StreamServer.on(sockets.sctpListener(family), at, responder);
        };
        if (wakeups != Wakeups.NONE) server.watchedBy(wakeups);
        servers.computeIfAbsent(new Port(protocol, at.getPort()), p -> new CopyOnWriteArrayList<>()).add(new Listening(family, server));
    }

    /// Close what listens on the port, if anything does.
    public void stopServing(Port port) {
        var gone = servers.remove(port);
        if (gone != null) gone.forEach(listening -> listening.server.close());
    }

    /// Whether anything listens on the port.
    public boolean serves(Port port) {
        return servers.containsKey(port);
    }

    /// Serve what is pending on one port, without waiting.
    public void poke(Port port) {
        var there = servers.get(port);
        if (there != null) for (int i = 0; i < there.size(); i++) there.get(i).server.serveReady();
    }

    /// Serve whatever is pending, without waiting.
    public void poke() {
        for (var there : servers.values()) there.forEach(listening -> listening.server.serveReady());
    }

    /// Close what is still open here of a dial that was answered and has ended.
    ///
    /// @param peer the dial's own end; another one, where somebody translates addresses on the way, is found gone when the port is next
    ///     served
    public void hangUp(Port port, InetSocketAddress peer) {
        var there = servers.get(port);
        if (there != null) for (int i = 0; i < there.size(); i++) there.get(i).server.hangUp(peer);
    }

    /// Take over the server's end of a connection on which nothing has been said yet: over TCP and SCTP the one that the peer has opened, over UDP a
    /// socket of its own beside the server's, which from now on hears this peer. It is non-blocking, and closed with the server or by whoever
    /// took it.
    ///
    /// @param at the server's own address and port
    /// @return null where nothing serves the port, or the peer's connection has not come
    public @Nullable ByteChannel take(Protocol protocol, InetSocketAddress at, InetSocketAddress peer) throws IOException {
        var family = Family.of(peer.getAddress());
        for (var listening : servers.getOrDefault(new Port(protocol, at.getPort()), List.of())) {
            if (listening.family != family) continue;
            var taken = switch (listening.server) {
                case StreamServer stream -> stream.take(peer);
                case UdpServer udp -> udp.beside(sockets.udp(family), at, peer);
            };
            if (taken != null) return taken;
        }
        return null;
    }

    /// Whether an echo question arrived here, whether or not its answer did. Remembers some thousands.
    ///
    /// @param nonce see [Echo#nonce]
    public boolean saw(long nonce) {
        return echo.saw(nonce);
    }

    /// Keep from now on which numbers of a series of echo questions arrive.
    ///
    /// @param series see [Echo#numbered]
    public void keep(int series) {
        echo.keep(series);
    }

    /// Which of some numbers of a series arrived here, counted from the first of them.
    public BitSet arrivals(int series, int first, int count) {
        return echo.arrivals(series, first, count);
    }

    /// A fault: from now on its echo servers claim to be somebody else.
    public void answerAs(String impostor) {
        echo.answerAs(impostor);
    }

    /// A fault: the agent is gone with all its servers, and makes no dial any more.
    public void die() {
        dead = true;
        close();
    }

    public boolean isDead() {
        return dead;
    }

    public String identity() {
        return identity;
    }

    /// Send a datagram that answers nothing, from a port that is served here over UDP.
    ///
    /// @throws IOException if the kernel refuses, or nothing serves the port over the family
    public void sendDatagram(int port, byte[] datagram, InetSocketAddress to) throws IOException {
        var family = Family.of(to.getAddress());
        var server = udpServer(new Port(Protocol.UDP, port), family);
        if (server == null) throw new IOException("nothing serves UDP/%s over %s".formatted(port, family));
        server.send(ByteBuffer.wrap(datagram), to);
    }

    @Nullable UdpServer udpServer(Port port, Family family) {
        for (var listening : servers.getOrDefault(port, List.of()))
            if (listening.family == family && listening.server instanceof UdpServer udp) return udp;
        return null;
    }

    void watchedBy(Wakeups loop) throws IOException {
        wakeups = loop;
        for (var there : servers.values()) for (var listening : there) listening.server.watchedBy(loop);
    }

    /// Close all servers. Repeatable.
    @Override
    public void close() {
        for (var port : List.copyOf(servers.keySet())) stopServing(port);
    }

    private record Listening(Family family, Server server) {}
}

package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Agents and dials on this machine's loopback, driven by polling.
public final class Loopback {
    public static final InetAddress HERE = InetAddress.getLoopbackAddress();
    static final Duration SOON = Duration.ofMillis(150);
    static final Duration PATIENT = Duration.ofSeconds(10);

    /// As this process opens them, with SCTP in any case.
    static final Sockets SOCKETS = new CarriedSctp(CarriedSctp.TCP);

    private Loopback() {}

    public static Agent agent(String identity) {
        return new Agent(identity, SOCKETS);
    }

    /// Serve echo on a free port.
    public static InetSocketAddress serving(Agent agent, Protocol protocol) throws IOException {
        var address = free(protocol);
        agent.serve(protocol, address);
        return address;
    }

    public static InetSocketAddress serving(Agent agent, Protocol protocol, Responder responder) throws IOException {
        var address = free(protocol);
        agent.serve(protocol, address, responder);
        return address;
    }

    /// An address where nothing listens.
    public static InetSocketAddress free(Protocol protocol) throws IOException {
        try (NetworkChannel probe = protocol != Protocol.UDP ? ServerSocketChannel.open() : DatagramChannel.open()) {
            return (InetSocketAddress) probe.bind(new InetSocketAddress(HERE, 0)).getLocalAddress();
        }
    }

    static Line line(Protocol protocol, InetSocketAddress target) {
        return new Line(SOCKETS, protocol, target, HERE, SourcePorts.ephemeral());
    }

    static Dial echo(Protocol protocol, InetSocketAddress target, String expected, Duration deadline) {
        return Dial.over(line(protocol, target), Echo.of(Set.of(expected), 0), deadline);
    }

    /// Start the dial and drive it to its end, serving the agents between.
    static Outcome make(Dial dial, Agent... served) {
        try (dial) {
            dial.start();
            while (!dial.advance()) {
                for (var agent : served) agent.poke();
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
            return dial.outcome();
        }
    }

    static Port port(Protocol protocol, InetSocketAddress address) {
        return new Port(protocol, address.getPort());
    }

    public static long openDescriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}

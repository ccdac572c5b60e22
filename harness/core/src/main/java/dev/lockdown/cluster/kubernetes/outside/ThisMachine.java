package dev.lockdown.cluster.kubernetes.outside;

import dev.lockdown.flow.Family;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The machine that this process runs on.
final class ThisMachine implements OwnMachine {
    /// Connecting a datagram socket sends nothing, whatever the port.
    private static final int ANY_PORT = 9;

    @Override
    public Sockets sockets() {
        return Sockets.ofThisProcess();
    }

    /// Those first from which this machine itself speaks to the cluster.
    @Override
    public List<InetAddress> addresses(Family family, Collection<InetAddress> towards) {
        var found = new LinkedHashSet<InetAddress>();
        for (var target : towards) if (Family.of(target) == family) addFrom(target, found);
        try {
            NetworkInterface.networkInterfaces().filter(ThisMachine::isUp).flatMap(NetworkInterface::inetAddresses)
                .filter(a -> Family.of(a) == family).filter(ThisMachine::isSeenFromElsewhere).forEach(found::add);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(found);
    }

    @Override
    public List<InetAddress> resolve(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static void addFrom(InetAddress target, Set<InetAddress> found) {
        var family = Family.of(target) == Family.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (var socket = DatagramChannel.open(family)) {
            socket.connect(new InetSocketAddress(target, ANY_PORT));
            if (socket.getLocalAddress() instanceof InetSocketAddress own && isSeenFromElsewhere(own.getAddress()))
                found.add(own.getAddress());
        } catch (IOException e) {
            // There is no way there from here.
        }
    }

    private static boolean isUp(NetworkInterface there) {
        try {
            return there.isUp() && !there.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isSeenFromElsewhere(InetAddress address) {
        return !address.isLoopbackAddress() && !address.isLinkLocalAddress() && !address.isAnyLocalAddress();
    }
}

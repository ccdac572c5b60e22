package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.embedded.Underlay;
import dev.lockdown.cluster.kubernetes.outside.OwnMachine;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.probe.Sockets;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A machine outside the stub's network, with an address that no node reaches before the one that they do.
///
/// @param names what its resolver knows
record StubMachine(Underlay network, Endpoint host, Function<String, List<InetAddress>> names) implements OwnMachine {
    @Override
    public Sockets sockets() {
        return network.sockets(host);
    }

    @Override
    public List<InetAddress> addresses(Family family, Collection<InetAddress> towards) {
        return Stream.concat(Stream.of(InetAddress.getLoopbackAddress()), network.addresses(host).stream())
            .filter(a -> Family.of(a) == family).toList();
    }

    @Override
    public List<InetAddress> resolve(String name) {
        return names.apply(name);
    }
}

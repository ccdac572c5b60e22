package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.MacAddress;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink.End;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// A point-to-point link as Calico makes them: addresses are single (/32, /128), the near end is everybody's gateway under a
/// link-local address that nobody has. All neighbours are permanent, so that a first packet never waits for ARP (measured: up
/// to a second with proxy ARP) and the machine's neighbour table never overflows.
final class VethPair {
    /// The index of the far end in its namespace.
    static final int FAR = 2;

    private static final MacAddress NEAR_MAC = new MacAddress("ee:ee:ee:ee:ee:ee");
    private static final MacAddress FAR_MAC = new MacAddress("0a:58:00:00:00:01");
    private static final MacAddress NOBODYS_MAC = new MacAddress("0a:58:00:00:00:00");

    private VethPair() {}

    /// Make a veth pair from the namespace of `near` to another one. The far end is down.
    static void lay(Rtnetlink near, int index, String name, String farName, NetworkNamespace far) {
        near.veth(new End(index, name, NEAR_MAC), new End(FAR, farName, FAR_MAC), far);
    }

    /// At the near end: the way to the machine at the far end.
    static void routeTo(Rtnetlink near, int index, List<InetAddress> farAddresses) {
        for (var address : farAddresses) near.neighbour(index, address, FAR_MAC).route(address, single(address), index);
    }

    /// At the near end: the way to what lies behind the far end, which has no address of its own there.
    static void routeThrough(Rtnetlink near, int index, InetAddress block, int prefixLength) {
        near.neighbour(index, gateway(block), FAR_MAC).route(block, prefixLength, gateway(block), index, null);
    }

    /// At the far end: bring it up, with the addresses of this machine, and send everything through it.
    static void terminate(Rtnetlink far, int addressed, List<InetAddress> addresses) {
        far.up(Rtnetlink.LOOPBACK).up(FAR);
        for (var address : addresses) far.address(addressed, address, single(address));
        for (var address : addresses) {
            var gateway = gateway(address);
            far.neighbour(FAR, gateway, NEAR_MAC).route(everything(address), 0, gateway, FAR, address);
        }
    }

    /// At the far end: a block that is swallowed in silence, also when this machine itself sends to it; a blackhole route would
    /// give its own senders EINVAL. The frames go to an Ethernet address that nobody has.
    static void sink(Rtnetlink far, InetAddress block, int prefixLength) {
        var nobody = InetAddress.ofLiteral(block instanceof Inet6Address ? "fe80::dead" : "169.254.1.2");
        far.neighbour(FAR, nobody, NOBODYS_MAC).route(block, prefixLength, nobody, FAR, null);
    }

    static int single(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    static InetAddress everything(InetAddress ofTheFamilyOf) {
        return InetAddress.ofLiteral(ofTheFamilyOf instanceof Inet6Address ? "::" : "0.0.0.0");
    }

    private static InetAddress gateway(InetAddress ofTheFamilyOf) {
        return InetAddress.ofLiteral(ofTheFamilyOf instanceof Inet6Address ? "fe80::ecee:eeff:feee:eeee" : "169.254.1.1");
    }
}

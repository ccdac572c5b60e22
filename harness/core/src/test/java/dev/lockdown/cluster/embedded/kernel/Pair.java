package dev.lockdown.cluster.embedded.kernel;

import java.net.InetAddress;

/// Two namespaces joined by one cable, with an address of each family at either end.
record Pair(NamespaceThread thread, NetworkNamespace left, NetworkNamespace right) implements AutoCloseable {
    static final InetAddress LEFT = InetAddress.ofLiteral("10.0.0.1");
    static final InetAddress RIGHT = InetAddress.ofLiteral("10.0.0.2");
    static final InetAddress LEFT6 = InetAddress.ofLiteral("fd00::1");
    static final InetAddress RIGHT6 = InetAddress.ofLiteral("fd00::2");
    static final int CABLE = 2;
    private static final MacAddress LEFT_MAC = new MacAddress("0a:00:00:00:00:01");
    private static final MacAddress RIGHT_MAC = new MacAddress("0a:00:00:00:00:02");

    static Pair connected() {
        var thread = NamespaceThread.start("pair");
        var pair = new Pair(thread, thread.create(), thread.create());
        pair.connect();
        return pair;
    }

    private void connect() {
        try (var leftLinks = thread.in(left, Rtnetlink::open); var rightLinks = thread.in(right, Rtnetlink::open)) {
            leftLinks.up(Rtnetlink.LOOPBACK)
                .veth(new Rtnetlink.End(CABLE, "left", LEFT_MAC), new Rtnetlink.End(CABLE, "right", RIGHT_MAC), right)
                .address(CABLE, LEFT, 24).address(CABLE, LEFT6, 64)
                .neighbour(CABLE, RIGHT, RIGHT_MAC).neighbour(CABLE, RIGHT6, RIGHT_MAC).commit();
            rightLinks.up(Rtnetlink.LOOPBACK).up(CABLE)
                .address(CABLE, RIGHT, 24).address(CABLE, RIGHT6, 64)
                .neighbour(CABLE, LEFT, LEFT_MAC).neighbour(CABLE, LEFT6, LEFT_MAC).commit();
            leftLinks.settle("left");
        }
    }

    @Override
    public void close() {
        left.close();
        right.close();
        thread.close();
    }
}

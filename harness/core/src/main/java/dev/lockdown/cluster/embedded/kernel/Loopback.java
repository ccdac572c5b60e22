package dev.lockdown.cluster.embedded.kernel;

/// The loopback interface of a namespace, which is down when the namespace is made.
public final class Loopback {
    private Loopback() {}

    /// Bring it up in the calling thread's namespace, as the first thing in `main`: the JDK decides once, when `java.net` is
    /// first used, that a machine without an address of IPv6 has none for ever.
    public static void up() {
        try (var socket = NetlinkSocket.open(NetlinkSocket.ROUTE)) {
            var request = new NetlinkRequests().begin("RTM_NEWLINK up lo", InterfaceInfo.RTM_NEWLINK, 0);
            InterfaceInfo.write(request, InterfaceInfo.LOOPBACK, InterfaceInfo.IFF_UP);
            request.end();
            socket.exchange(request);
        }
    }
}

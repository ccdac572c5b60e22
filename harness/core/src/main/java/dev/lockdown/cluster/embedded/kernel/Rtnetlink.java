package dev.lockdown.cluster.embedded.kernel;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Links, addresses, neighbours and routes of the namespace in which it was opened.
///
/// Requests gather until [#commit], which sends them in one system call and reads an acknowledgement for each:
/// ```java
/// links.up(2).address(2, ip, 32).neighbour(2, gateway, mac).route(ANY, 0, gateway, 2, ip).commit();
/// ```
/// Used by one thread at a time.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/rtnetlink.7.html">rtnetlink(7)</a>
public final class Rtnetlink implements AutoCloseable {
    /// The index that lo has in every namespace.
    public static final int LOOPBACK = InterfaceInfo.LOOPBACK;

    private static final int RTM_NEWADDR = 20;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_NEWNEIGH = 28;
    private static final int NLM_F_REPLACE = 0x100;
    private static final int NLM_F_EXCL = 0x200;
    private static final int NLM_F_CREATE = 0x400;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int IFLA_NUM_TX_QUEUES = 31;
    private static final int IFLA_NUM_RX_QUEUES = 32;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int VETH_INFO_PEER = 1;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_F_NODAD = 2;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    private static final int NUD_PERMANENT = 0x80;

    private static final int RT_TABLE_MAIN = 254;
    private static final int RT_TABLE_LOCAL = 255;
    private static final int RTPROT_STATIC = 4;
    private static final int RT_SCOPE_UNIVERSE = 0;
    private static final int RT_SCOPE_LINK = 253;
    private static final int RT_SCOPE_HOST = 254;
    private static final int RTN_UNICAST = 1;
    private static final int RTN_LOCAL = 2;
    private static final int RTN_BLACKHOLE = 6;
    private static final int RTNH_F_ONLINK = 4;
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PREFSRC = 7;

    private final NetlinkSocket socket;
    private final NetlinkRequests requests;

    private Rtnetlink(NetlinkSocket socket, NetlinkRequests requests) {
        this.socket = socket;
        this.requests = requests;
    }

    /// Open in the calling thread's namespace.
    public static Rtnetlink open() {
        return new Rtnetlink(NetlinkSocket.open(NetlinkSocket.ROUTE), new NetlinkRequests());
    }

    /// Close this one, and open another with its buffers in the calling thread's namespace: cheap enough for a thousand of them.
    public Rtnetlink reopen() {
        socket.close();
        return new Rtnetlink(NetlinkSocket.open(NetlinkSocket.ROUTE, socket.buffer()), requests);
    }

    /// One end of a veth pair: its index must be free in its namespace.
    public record End(int index, String name, MacAddress mac) {}

    /// Make a pair of virtual Ethernet interfaces: `near` here and up, `far` in another namespace and still down (the kernel
    /// refuses to make it up, ENOTCONN: use [#up] there). One queue each, which makes them a sixth faster to create.
    public Rtnetlink veth(End near, End far, NetworkNamespace farNamespace) {
        begin("RTM_NEWLINK veth " + near.name(), InterfaceInfo.RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
        end(near, InterfaceInfo.IFF_UP);
        int linkInfo = requests.nest(IFLA_LINKINFO);
        requests.attributeText(IFLA_INFO_KIND, "veth");
        int data = requests.nest(IFLA_INFO_DATA);
        int peer = requests.nest(VETH_INFO_PEER);
        end(far, 0);
        requests.attributeU32(IFLA_NET_NS_FD, farNamespace.fd());
        requests.unnest(peer);
        requests.unnest(data);
        requests.unnest(linkInfo);
        return end();
    }

    public Rtnetlink up(int index) {
        begin("RTM_NEWLINK up %s".formatted(index), InterfaceInfo.RTM_NEWLINK, 0);
        InterfaceInfo.write(requests, index, InterfaceInfo.IFF_UP);
        return end();
    }

    public Rtnetlink down(int index) {
        begin("RTM_NEWLINK down %s".formatted(index), InterfaceInfo.RTM_NEWLINK, 0);
        InterfaceInfo.write(requests, index, 0);
        return end();
    }

    /// Delete an interface, with its routes, neighbours and, of a veth, the other end.
    public Rtnetlink delete(int index) {
        begin("RTM_DELLINK %s".formatted(index), InterfaceInfo.RTM_DELLINK, 0);
        InterfaceInfo.write(requests, index, 0);
        return end();
    }

    /// Add an address that is usable as soon as this is committed.
    public Rtnetlink address(int index, InetAddress address, int prefixLength) {
        begin("RTM_NEWADDR %s/%s dev %s".formatted(address.getHostAddress(), prefixLength, index), RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
        boolean four = family(address) == AF_INET;
        // struct ifaddrmsg { u8 family; u8 prefixlen; u8 flags; u8 scope; u32 index; }
        requests.u8(family(address)).u8(prefixLength).u8(four ? 0 : IFA_F_NODAD).u8(RT_SCOPE_UNIVERSE).u32(index);
        if (four) requests.attribute(IFA_LOCAL, address.getAddress());
        requests.attribute(IFA_ADDRESS, address.getAddress());
        end();
        if (!four) local(index, address);
        return this;
    }

    /// Add a permanent neighbour: no ARP or neighbour discovery is ever needed for it, and the limit of the machine's neighbour
    /// table does not count it.
    public Rtnetlink neighbour(int index, InetAddress address, MacAddress mac) {
        begin("RTM_NEWNEIGH %s dev %s".formatted(address.getHostAddress(), index), RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE);
        // struct ndmsg { u8 family; u8 pad; u16 pad; s32 ifindex; u16 state; u8 flags; u8 type; }
        requests.u8(family(address)).u8(0).u16(0).u32(index).u16(NUD_PERMANENT).u8(0).u8(0);
        requests.attribute(NDA_DST, address.getAddress()).attribute(NDA_LLADDR, mac.bytes());
        return end();
    }

    /// Add or replace the route to a block that is directly on an interface.
    public Rtnetlink route(InetAddress block, int prefixLength, int index) {
        route(block, prefixLength, RT_TABLE_MAIN, RTN_UNICAST, family(block) == AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE, 0);
        requests.attributeU32(RTA_OIF, index);
        return end();
    }

    /// Add or replace the route to a block through a gateway that need not be in any network of ours (`onlink`).
    ///
    /// @param preferredSource the address from which this machine talks by this route, or null
    public Rtnetlink route(InetAddress block, int prefixLength, InetAddress gateway, int index, @Nullable InetAddress preferredSource) {
        route(block, prefixLength, RT_TABLE_MAIN, RTN_UNICAST, RT_SCOPE_UNIVERSE, RTNH_F_ONLINK);
        requests.attributeU32(RTA_OIF, index).attribute(RTA_GATEWAY, gateway.getAddress());
        if (preferredSource != null) requests.attribute(RTA_PREFSRC, preferredSource.getAddress());
        return end();
    }

    /// Add or replace a route that swallows packets in silence.
    public Rtnetlink blackhole(InetAddress block, int prefixLength) {
        route(block, prefixLength, RT_TABLE_MAIN, RTN_BLACKHOLE, RT_SCOPE_UNIVERSE, 0);
        return end();
    }

    /// Send what was asked for since the last commit.
    ///
    /// @throws KernelException for the first request that was refused; the others were made nevertheless
    public void commit() {
        socket.exchange(requests);
    }

    /// Make the kernel notice now, and not some time later in its link watcher, that both ends of a committed cable are up. Until
    /// it has, the end that came up first drops what it should send.
    ///
    /// @param name the end that came up first
    public Rtnetlink settle(String name) {
        LinkState.settle(socket.fd(), name);
        return this;
    }

    /// Close the socket. What was not committed is not made.
    @Override
    public void close() {
        socket.close();
    }

    private void end(End end, int flags) {
        InterfaceInfo.write(requests, end.index(), flags);
        requests.attributeText(IFLA_IFNAME, end.name()).attribute(IFLA_ADDRESS, end.mac().bytes());
        requests.attributeU32(IFLA_NUM_TX_QUEUES, 1).attributeU32(IFLA_NUM_RX_QUEUES, 1);
    }

    /// The kernel makes the local route of an address of IPv6 some time later, in the worker that detects duplicates, even where
    /// there is nothing to detect; packets that come before are not taken. This one counts until then (its metric is worse).
    private void local(int index, InetAddress address) {
        route(address, address.getAddress().length * Byte.SIZE, RT_TABLE_LOCAL, RTN_LOCAL, RT_SCOPE_HOST, 0);
        requests.attributeU32(RTA_OIF, index);
        end();
    }

    private void route(InetAddress block, int prefixLength, int table, int type, int scope, int flags) {
        begin("RTM_NEWROUTE %s/%s".formatted(block.getHostAddress(), prefixLength), RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE);
        // struct rtmsg { u8 family; u8 dst_len; u8 src_len; u8 tos; u8 table; u8 protocol; u8 scope; u8 type; u32 flags; }
        requests.u8(family(block)).u8(prefixLength).u8(0).u8(0).u8(table).u8(RTPROT_STATIC).u8(scope).u8(type).u32(flags);
        if (prefixLength > 0) requests.attribute(RTA_DST, block.getAddress());
    }

    private static int family(InetAddress address) {
        return address instanceof Inet6Address ? AF_INET6 : AF_INET;
    }

    private void begin(String call, int type, int flags) {
        if (requests.isFull()) commit();
        requests.begin(call, type, flags);
    }

    private Rtnetlink end() {
        requests.end();
        return this;
    }
}

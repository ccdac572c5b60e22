package dev.lockdown.cluster.embedded.kernel;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// The connection tracking table of the namespace in which it was opened. Used by one thread at a time.
///
/// A probe that reuses a tuple which the table still knows is answered by its memory and not by the rules.
///
/// The messages are those of `linux/netfilter/nfnetlink_conntrack.h`.
public final class Conntrack implements AutoCloseable {
    private static final int NFNL_SUBSYS_CTNETLINK = 1;
    private static final int IPCTNL_MSG_CT_GET = 1;
    private static final int IPCTNL_MSG_CT_DELETE = 2;
    private static final int NLM_F_DUMP = 0x300;
    private static final int AF_UNSPEC = 0;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    static final int CTA_TUPLE_ORIG = 1;
    static final int CTA_TUPLE_IP = 1;
    static final int CTA_TUPLE_PROTO = 2;
    static final int CTA_IP_V4_SRC = 1;
    static final int CTA_IP_V4_DST = 2;
    static final int CTA_IP_V6_SRC = 3;
    static final int CTA_IP_V6_DST = 4;
    static final int CTA_PROTO_NUM = 1;
    static final int CTA_PROTO_SRC_PORT = 2;
    static final int CTA_PROTO_DST_PORT = 3;

    private final NetlinkSocket socket;
    private final NetlinkRequests requests = new NetlinkRequests();

    private Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Open in the calling thread's namespace.
    public static Conntrack open() {
        return new Conntrack(NetlinkSocket.open(NetlinkSocket.NETFILTER));
    }

    /// Forget every connection.
    public void flush() {
        begin("conntrack flush", AF_UNSPEC);
        requests.end();
        socket.exchange(requests);
    }

    /// A connection that is remembered.
    ///
    /// @param protocol its number in the IP header; those without ports are not told
    /// @param source where its first packet came from, before any translation
    /// @param destination where its first packet went to, before any translation
    /// @param replier where replies come from: the destination after translation
    public record Connection(int protocol, InetSocketAddress source, InetSocketAddress destination, InetSocketAddress replier) {}

    /// Give all that is remembered.
    public List<Connection> list() {
        requests.beginQuietly("conntrack list", NetfilterMessage.type(NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_GET), NLM_F_DUMP);
        NetfilterMessage.header(requests, AF_UNSPEC, 0);
        requests.end();
        var all = new ArrayList<Connection>();
        socket.dump(requests, at -> {
            var connection = ConntrackMessage.read(socket.buffer(), at);
            if (connection != null) all.add(connection);
        });
        return all;
    }

    /// Forget one connection.
    ///
    /// @param protocol its number in the IP header
    /// @param source where its first packet came from, before any translation
    /// @param destination where its first packet went to, before any translation
    /// @return whether there was one
    public boolean delete(int protocol, InetSocketAddress source, InetSocketAddress destination) {
        boolean six = source.getAddress() instanceof Inet6Address;
        begin("conntrack delete %s > %s".formatted(source, destination), six ? AF_INET6 : AF_INET);
        int tuple = requests.nest(CTA_TUPLE_ORIG);
        int ip = requests.nest(CTA_TUPLE_IP);
        requests.attribute(six ? CTA_IP_V6_SRC : CTA_IP_V4_SRC, source.getAddress().getAddress());
        requests.attribute(six ? CTA_IP_V6_DST : CTA_IP_V4_DST, destination.getAddress().getAddress());
        requests.unnest(ip);
        int ports = requests.nest(CTA_TUPLE_PROTO);
        requests.attribute(CTA_PROTO_NUM, (byte) protocol);
        requests.attribute(CTA_PROTO_SRC_PORT, bigEndian(source.getPort()));
        requests.attribute(CTA_PROTO_DST_PORT, bigEndian(destination.getPort()));
        requests.unnest(ports);
        requests.unnest(tuple);
        requests.end();
        var refused = socket.tryExchange(requests);
        if (refused != null && refused.errno() != Errno.ENOENT) throw refused;
        return refused == null;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void begin(String call, int family) {
        requests.begin(call, NetfilterMessage.type(NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_DELETE), 0);
        NetfilterMessage.header(requests, family, 0);
    }

    private static byte[] bigEndian(int port) {
        return new byte[] {(byte) (port >> 8), (byte) port};
    }
}

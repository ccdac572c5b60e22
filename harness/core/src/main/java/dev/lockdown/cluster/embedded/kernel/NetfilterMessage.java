package dev.lockdown.cluster.embedded.kernel;

/// The header that all of netfilter's netlink messages share.
final class NetfilterMessage {
    static final int HEADER = NetlinkRequests.HEADER + 4;

    private NetfilterMessage() {}

    static int type(int subsystem, int message) {
        return subsystem << 8 | message;
    }

    /// Write `struct nfgenmsg { u8 family; u8 version; be16 res_id; }`.
    static void header(NetlinkRequests requests, int family, int resource) {
        requests.u8(family).u8(0).u8(resource >> 8).u8(resource);
    }
}

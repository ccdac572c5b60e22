package dev.lockdown.cluster.embedded.kernel;

/// Elements of nftables sets, added and deleted by netlink alone in one transaction: a tenth of what a script of the same meaning takes,
/// which libnftables parses and for which it first asks the kernel for all tables, chains and sets. Used by one thread at a time.
///
/// ```java
/// batch.begin().delete("netpol", "from1_port4", before).add("netpol", "from1_port4", after).commit();
/// ```
/// The messages are those of `linux/netfilter/nf_tables.h`, between the two of `linux/netfilter/nfnetlink.h` that make them a batch.
public final class NftablesBatch implements AutoCloseable {
    private static final int NFNL_MSG_BATCH_BEGIN = 16;
    private static final int NFNL_MSG_BATCH_END = 17;
    private static final int NFNL_SUBSYS_NFTABLES = 10;
    private static final int NFPROTO_INET = 1;
    private static final int NLM_F_CREATE = 0x400;
    private static final int NFT_MSG_NEWSETELEM = 12;
    private static final int NFT_MSG_DELSETELEM = 14;
    private static final int NFTA_SET_ELEM_LIST_TABLE = 1;
    private static final int NFTA_SET_ELEM_LIST_SET = 2;
    private static final int NFTA_SET_ELEM_LIST_ELEMENTS = 3;
    private static final int NFTA_LIST_ELEM = 1;
    private static final int NFTA_SET_ELEM_KEY = 1;
    private static final int NFTA_DATA_VALUE = 1;

    private final NetlinkSocket socket;
    private final NetlinkRequests requests = new NetlinkRequests();
    // The message that takes elements at present, and where its list of them begins.
    private String open = "";
    private int elements;

    private NftablesBatch(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Open in the calling thread's namespace.
    public static NftablesBatch open() {
        return new NftablesBatch(NetlinkSocket.open(NetlinkSocket.NETFILTER));
    }

    public NftablesBatch begin() {
        requests.clear();
        open = "";
        bound("nftables batch", NFNL_MSG_BATCH_BEGIN);
        return this;
    }

    /// Add an element; no error where it is there already.
    ///
    /// @param key as registers hold it: each part of a concatenation filled up to four bytes
    public NftablesBatch add(String table, String set, byte[] key) {
        return element("add elements to " + table + " " + set, NFT_MSG_NEWSETELEM, NLM_F_CREATE, table, set, key);
    }

    /// Delete an element, which must be there.
    public NftablesBatch delete(String table, String set, byte[] key) {
        return element("delete elements of " + table + " " + set, NFT_MSG_DELSETELEM, 0, table, set, key);
    }

    /// Make all of it, or nothing.
    ///
    /// @throws KernelException for the first element that was refused
    public void commit() {
        finish();
        bound("nftables batch", NFNL_MSG_BATCH_END);
        var refused = socket.tryBatch(requests);
        if (refused != null) throw refused;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void bound(String call, int type) {
        requests.beginQuietly(call, type, 0);
        NetfilterMessage.header(requests, 0, NFNL_SUBSYS_NFTABLES);
        requests.end();
    }

    /// Elements of one set that follow each other go in one message.
    private NftablesBatch element(String call, int message, int flags, String table, String set, byte[] key) {
        if (!call.equals(open)) {
            finish();
            open = call;
            requests.beginQuietly(call, NetfilterMessage.type(NFNL_SUBSYS_NFTABLES, message), flags);
            NetfilterMessage.header(requests, NFPROTO_INET, 0);
            requests.attributeText(NFTA_SET_ELEM_LIST_TABLE, table).attributeText(NFTA_SET_ELEM_LIST_SET, set);
            elements = requests.nest(NFTA_SET_ELEM_LIST_ELEMENTS);
        }
        int element = requests.nest(NFTA_LIST_ELEM);
        int value = requests.nest(NFTA_SET_ELEM_KEY);
        requests.attribute(NFTA_DATA_VALUE, key);
        requests.unnest(value);
        requests.unnest(element);
        return this;
    }

    private void finish() {
        if (open.isEmpty()) return;
        requests.unnest(elements);
        requests.end();
        open = "";
    }
}

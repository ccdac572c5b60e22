package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.cluster.embedded.kernel.NftablesBatch;
import java.util.List;
import java.util.stream.IntStream;

/// The floor of a small change of policy: the elements of a set of nftables that it comes to, in one transaction by bare netlink in a
/// namespace of its own.
public final class SetElementFloor implements AutoCloseable {
    private static final String TABLE = "floor";
    private static final String SET = "peers";

    private final List<byte[]> keys;
    private final NamespaceThread thread = NamespaceThread.start("lockdown-floor");
    private final NetworkNamespace namespace = thread.create();
    private final NftablesBatch batch;

    /// @param elements how many peers the changed rule lets in on one port
    public SetElementFloor(int elements) {
        keys = IntStream.range(0, elements).mapToObj(i -> new byte[] {10, 0, 0, (byte) i, 6, 0, 0, 0, 31, -112, 0, 0}).toList();
        try (var table = thread.in(namespace, Nftables::open)) {
            table.run("table inet %s { set %s { type ipv4_addr . inet_proto . inet_service; }\n}\n".formatted(TABLE, SET));
        }
        batch = thread.in(namespace, NftablesBatch::open);
    }

    public void add() {
        batch.begin();
        for (var key : keys) batch.add(TABLE, SET, key);
        batch.commit();
    }

    public void delete() {
        batch.begin();
        for (var key : keys) batch.delete(TABLE, SET, key);
        batch.commit();
    }

    @Override
    public void close() {
        batch.close();
        namespace.close();
        thread.close();
    }
}

package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.cluster.embedded.kernel.NftablesBatch;

/// The floor of every change of policy: one element in a set of nftables, by bare netlink in a namespace of its own.
public final class SetElementFloor implements AutoCloseable {
    private static final String TABLE = "floor";
    private static final String SET = "peers";
    private static final byte[] KEY = {10, 0, 0, 1, 6, 0, 0, 0, 31, -112, 0, 0};

    private final NamespaceThread thread = NamespaceThread.start("lockdown-floor");
    private final NetworkNamespace namespace = thread.create();
    private final NftablesBatch batch;

    public SetElementFloor() {
        try (var table = thread.in(namespace, Nftables::open)) {
            table.run("table inet %s { set %s { type ipv4_addr . inet_proto . inet_service; }\n}\n".formatted(TABLE, SET));
        }
        batch = thread.in(namespace, NftablesBatch::open);
    }

    public void add() {
        batch.begin().add(TABLE, SET, KEY).commit();
    }

    public void delete() {
        batch.begin().delete(TABLE, SET, KEY).commit();
    }

    @Override
    public void close() {
        batch.close();
        namespace.close();
        thread.close();
    }
}

package dev.lockdown.cluster.embedded.dns;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import org.jspecify.annotations.Nullable;

/// What the kube-dns pods know: the names of the cluster's latest [Snapshot], and of the external hosts that are declared. Nothing
/// is ever forwarded.
///
/// May be updated and asked by several threads at once.
public final class ClusterDns {
    private volatile LazyZone zone;

    public ClusterDns(Snapshot snapshot) {
        zone = new LazyZone(snapshot);
    }

    public void update(Snapshot snapshot) {
        zone = new LazyZone(snapshot);
    }

    /// Make the server of one kube-dns pod.
    ///
    /// @param identity what it answers to `id.server. CH TXT` (RFC 4892), at most 255 characters
    public DnsServer server(String identity) {
        return new DnsServer(() -> zone.get(), identity);
    }

    /// Writes its records when the first question comes: most changes are followed by none.
    private static final class LazyZone {
        private final Snapshot snapshot;
        private @Nullable DnsZone zone;

        LazyZone(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        synchronized DnsZone get() {
            var written = zone;
            if (written == null) zone = written = DnsRecords.zone(snapshot);
            return written;
        }
    }
}

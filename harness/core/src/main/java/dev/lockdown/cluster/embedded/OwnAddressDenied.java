package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.defect.Defect;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// The defect [Defect#OWN_ADDRESS_DENIED]. Such packets never leave the pod, so the rule has to be inside it.
final class OwnAddressDenied implements Part {
    private final NamespaceThread thread;
    private final NetworkEndpoints endpoints;
    private final Supplier<List<Pod>> started;

    /// @param started the pods that the latest changes started
    OwnAddressDenied(NamespaceThread thread, NetworkEndpoints endpoints, Supplier<List<Pod>> started) {
        this.thread = thread;
        this.endpoints = endpoints;
        this.started = started;
    }

    @Override
    public void follow(Snapshot now) {
        started.get().forEach(this::deny);
    }

    private void deny(Pod pod) {
        var namespace = Objects.requireNonNull(endpoints.get(new Endpoint.Pod(pod.name()))).namespace();
        try (var table = thread.in(namespace, Nftables::open)) {
            table.run("table inet own {\n chain input { type filter hook input priority 0; iifname \"lo\" drop\n }\n}\n");
        }
    }
}

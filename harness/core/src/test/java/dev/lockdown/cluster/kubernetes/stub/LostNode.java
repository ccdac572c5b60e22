package dev.lockdown.cluster.kubernetes.stub;

import dev.lockdown.cluster.embedded.Underlay;
import dev.lockdown.cluster.kubernetes.stub.Store.Key;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import java.time.Duration;

/// A node whose kubelet is not heard of, as the node controller writes it.
record LostNode(Store store, Kubelet kubelet, Underlay network, String node) {

    /// @param silent whether the node is gone; else its agents can still be asked
    /// @return ends it
    Disruption.Ongoing begin(boolean silent) {
        ready("'status': 'Unknown', 'reason': 'NodeStatusUnknown', 'message': 'Kubelet stopped posting node status.'");
        if (!silent) return () -> ready("'status': 'True', 'reason': 'KubeletReady'");
        kubelet.silence(node, true);
        var cut = network.begin(new ClusterDisruption.NodeCutOff(node, Duration.ofMinutes(10)));
        return () -> {
            cut.close();
            ready("'status': 'True', 'reason': 'KubeletReady'");
            kubelet.silence(node, false);
            kubelet.settle();
        };
    }

    private void ready(String condition) {
        store.change(new Key("/nodes", "", node), object -> {
            object.withObjectProperty("status").putArray("conditions")
                .add(Json.of("{'type': 'Ready', 'lastTransitionTime': '2026-11-29T00:12:13Z', %s}".formatted(condition)));
            return object;
        });
    }
}

package dev.lockdown.cluster;

import java.util.Optional;

/// Restarts the machines of a cluster, for which its API has no way.
public interface NodeRestarter {
    /// Of a cluster of which there is nothing but its API.
    NodeRestarter NONE = new NodeRestarter() {
        @Override
        public Optional<String> refusal(String node) {
            return Optional.of("a kubeconfig gives no hold of the nodes themselves");
        }

        @Override
        public void restart(String node) {
            throw new UnsupportedException(refusal(node).orElseThrow());
        }
    };

    /// Why a node cannot be restarted; empty where it can.
    ///
    /// @param node its name in the cluster
    Optional<String> refusal(String node);

    /// Restart a node; return when its machine runs again, which may be long before its pods do.
    ///
    /// @throws ClusterException if it does not come back
    void restart(String node);
}

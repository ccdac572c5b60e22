package dev.lockdown.cluster;

import dev.lockdown.flow.NamespacedName;
import java.time.Duration;

/// Something that is done to a cluster on purpose. Each has a way back that does not need the harness: whoever was struck heals by
/// itself, at the latest after a time that the target keeps.
public sealed interface Disruption {

    /// The pod of the network plugin's agent on a node is killed; its DaemonSet brings another.
    record CniAgentKilled(String node) implements Disruption {}

    /// A node restarts, with everything on it.
    record NodeRestarted(String node) implements Disruption {}

    /// A node is cut from the API server.
    ///
    /// @param lasting after which the node itself mends it
    record ApiCut(String node, Duration lasting) implements Disruption {}

    /// A pod is deleted and made anew, with the address that it had.
    record PodRecreated(NamespacedName pod) implements Disruption {}

    /// One that is under way.
    interface Ongoing extends AutoCloseable {
        /// Wait until it is healed.
        ///
        /// @throws ClusterException if it is not, in time
        @Override
        void close();
    }
}

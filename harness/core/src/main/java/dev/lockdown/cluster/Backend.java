package dev.lockdown.cluster;

import dev.lockdown.state.NetworkPlugin;
import java.util.List;

/// A way to get clusters: embedded, k3s, an existing one.
public interface Backend extends AutoCloseable {

    /// Bring up a cluster, with its DNS and API server answering and the harness's canary pods in place, and no policy.
    ///
    /// @throws EnvironmentException if this machine cannot
    Cluster start(Needs needs);

    /// What the clusters are, in one line for people; empty where their choice says it all.
    default String description() {
        return "";
    }

    /// What scenarios can be had here, as far as that is known before they begin.
    default Provision provision() {
        return Provision.ALL;
    }

    /// The network plugins of its clusters, as far as they can be told before one is started.
    default List<NetworkPlugin> networkPlugins() {
        return List.of();
    }

    /// Have somebody hear, from now on, what is waited for.
    default void hear(WaitListener listener) {}

    /// Whether clusters are cheap and apart, so that scenarios may run at the same time.
    boolean isolatesScenarios();

    @Override
    void close();
}

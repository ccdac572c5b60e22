package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.NodeRestarter;

/// Makes the backend that runs scenarios on a Kubernetes cluster, of its kubeconfig.
public interface Joining {

    /// @param kubeconfig the text of one, with the cluster's address as it is reached from here
    /// @param description one phrase for people: `k3s v1.36.1-k3s1 · calico 3.32.1`
    /// @param nodes restarts its containers
    Backend join(String kubeconfig, String description, NodeRestarter nodes);
}

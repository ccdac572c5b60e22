package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.k3s.Cni.Workload;
import java.util.List;

/// Looks at a cluster while it comes up. Nothing here throws: an API that does not answer is a [Look] that is not good.
interface ClusterView extends AutoCloseable {
    Look api();

    /// Whether the nodes have joined.
    Look joined(List<String> nodes);

    Look ready(List<String> nodes);

    /// Whether a workload runs everywhere it should.
    Look rolledOut(Workload workload, List<String> nodes);

    /// Whether DNS answers.
    Look dns();

    @Override
    void close();
}

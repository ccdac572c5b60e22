package dev.lockdown.cluster.kubernetes.system;

import java.util.List;

/// Runs a node's programs by another way than its network plugin's pods.
public interface NodeTools {
    /// Run programs on a node, with the tools of containers there or with the node's own.
    ///
    /// @param node its name in the cluster
    /// @param containers the ids of those that may have the tools
    /// @param readings of each the commands, of which the first that ends well tells it
    /// @return what came of each reading, in their order
    /// @throws IllegalStateException if none of it can be done, saying why
    List<Told> read(String node, List<String> containers, List<List<String>> readings);

    /// What came of a reading.
    sealed interface Told {
        record Wrote(String text) implements Told {}

        record Failed(String why) implements Told {}
    }
}

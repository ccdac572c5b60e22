package dev.lockdown.cluster.embedded.proxy;

import dev.lockdown.cluster.embedded.nft.Link;
import java.util.Collection;
import java.util.List;

/// Further rules of a node about source addresses, which come before its own.
@FunctionalInterface
public interface SourceTranslation {
    SourceTranslation NONE = (_, _) -> List.of();

    /// @param links of all pods of the cluster
    List<String> before(String node, Collection<Link> links);
}

package dev.lockdown.cluster.embedded.nft;

import dev.lockdown.flow.NamespacedName;
import org.jspecify.annotations.Nullable;

/// Tells where pods are plugged in.
@FunctionalInterface
public interface Links {

    /// @return null for a pod that is not plugged in, or lives in the node's own network
    @Nullable Link of(NamespacedName pod);
}

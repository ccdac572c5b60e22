package dev.lockdown.verdict;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.NamespacedName;

/// What was seen besides the outcome.
public sealed interface Evidence {
    /// The data plane's own word.
    record DroppedAt(Drop drop) implements Evidence {}

    /// The address from which the server saw the dial come.
    record SourceSeen(String server, String address) implements Evidence {}

    /// The server saw another address than the source's own.
    ///
    /// @param own the address that the pod has
    record SourceTranslated(String server, String address, NamespacedName pod, String own) implements Evidence {}

    /// The API leaves it open and the cluster is not ours, so either answer was taken.
    record TakenAsItIs() implements Evidence {}
}

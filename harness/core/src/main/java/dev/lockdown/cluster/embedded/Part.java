package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.state.Change;

/// A part of a cluster that takes a share in its changes. Several changes come together: each goes through all parts, then all parts
/// [#connect], then all parts [#follow], always in the order of the cluster's list.
@FunctionalInterface
interface Part {

    /// Carry out one change, or keep it in mind for what comes next. It fits the state before it.
    default void handle(Change change) {}

    /// When all changes are known: connect what they start, so that every address is known.
    default void connect() {}

    /// When all addresses are known: come into step with the state after the changes.
    void follow(Snapshot now);
}

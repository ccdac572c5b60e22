package dev.lockdown.cluster.embedded.nft;

/// The nftables rules of one node.
@FunctionalInterface
public interface Ruleset {

    /// Carry out an nftables script as one transaction: all of it, or nothing with an exception.
    void run(String script);

    /// Carry out a small change as one transaction, as [#run] does.
    ///
    /// @return false, and nothing is done, where this takes scripts only
    default boolean change(SetChanges changes) {
        return false;
    }
}

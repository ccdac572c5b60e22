package dev.lockdown.cluster.embedded.kernel;

/// nftables refused a script, and none of it was made: its own words, which carry line and column.
public final class NftablesException extends RuntimeException {
    NftablesException(String errors) {
        super("nftables refused a script:\n" + errors.strip());
    }
}

package dev.lockdown.cluster;

/// The namespaces that the harness makes for itself in every cluster, which no feature names.
public final class HarnessNamespaces {
    private static final String PREFIX = "lockdown-";
    /// Of the canary's pods.
    public static final String CANARY = PREFIX + "canary";
    /// Of the agents on the nodes' own network, on a cluster that has no other way to dial from a node.
    public static final String NODES = PREFIX + "nodes";

    private HarnessNamespaces() {}

    public static boolean contains(String namespace) {
        return namespace.equals(CANARY) || namespace.equals(NODES);
    }
}

package dev.lockdown.flow;

/// The data plane's own word that it dropped a packet of a probe.
///
/// @param node where it was dropped
/// @param rule the dropping rule in words, such as `ingress of shop/api`
public record Drop(String node, String rule) {
    @Override
    public String toString() {
        return node + ": " + rule;
    }
}

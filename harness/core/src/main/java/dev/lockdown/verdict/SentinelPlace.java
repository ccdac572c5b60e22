package dev.lockdown.verdict;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Direction;

/// What one sentinel flow of the harness tests: one direction of enforcement on one node, for a protocol and a family.
public record SentinelPlace(Direction direction, String node, Protocol protocol, Family family) {
    /// `ingress of node-1, TCP, IPv4`
    @Override
    public String toString() {
        return "%s of %s, %s, %s".formatted(direction, node, protocol, family);
    }
}

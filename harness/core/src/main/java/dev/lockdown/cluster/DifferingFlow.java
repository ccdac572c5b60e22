package dev.lockdown.cluster;

import java.net.InetAddress;
import java.util.List;

/// A flow that was seen to be otherwise than was claimed, of which the rules of its ends' nodes are wanted.
///
/// @param to of a backend where the flow is to a Service
/// @param nodes on which the ends are, one or two
public record DifferingFlow(InetAddress from, InetAddress to, List<String> nodes) {
    public DifferingFlow {
        nodes = List.copyOf(nodes);
    }
}

package dev.lockdown.state;

import dev.lockdown.flow.Port;
import java.util.List;

/// A machine outside the cluster.
///
/// @param name its DNS name
/// @param addresses its addresses as literals; empty where the cluster may choose
public record ExternalHost(String name, List<Port> ports, List<String> addresses) {
    public ExternalHost {
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }
}

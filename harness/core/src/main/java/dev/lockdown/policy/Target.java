package dev.lockdown.policy;

import dev.lockdown.flow.Port;
import org.jspecify.annotations.Nullable;

/// Where packets of a flow arrive.
///
/// @param port the port there
/// @param front what was dialled, if it is not the end itself
record Target(FlowEnd flowEnd, Port port, @Nullable Front front) {

    static Target direct(FlowEnd flowEnd, Port port) {
        return new Target(flowEnd, port, null);
    }

    /// A virtual address that was dialled, before DNAT.
    ///
    /// @param rewritesSource whether the packets may arrive with another source
    record Front(FlowEnd.Machine address, Port port, boolean rewritesSource) {}
}

package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.embedded.dial.PlannedDial;
import dev.lockdown.flow.Protocol;
import java.lang.foreign.MemorySegment;

/// The way that the samples of a flow take for the time being.
///
/// @param address the target's, for the kernel
record Route(PlannedDial.To to, SourceSockets source, MemorySegment address) {
    static Route of(PlannedDial.To to, SourceSockets source) {
        return new Route(to, source, source.address(to.target().getAddress()));
    }

    boolean isTcp() {
        return to.protocol() == Protocol.TCP;
    }

    SourceSockets.Ports sockets() {
        return source.of(to.protocol());
    }
}

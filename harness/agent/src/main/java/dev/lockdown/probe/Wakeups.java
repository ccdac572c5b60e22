package dev.lockdown.probe;

import java.io.IOException;
import java.nio.channels.SelectableChannel;

/// Hears which channels a state machine is waiting for. Who drives by polling needs none of it.
interface Wakeups {
    Wakeups NONE = (channel, operations, ready) -> {};

    /// Call `ready` whenever one of the operations is possible on the channel, until it is closed. A later call replaces an earlier one.
    ///
    /// @param operations of [java.nio.channels.SelectionKey]
    void watch(SelectableChannel channel, int operations, Ready ready) throws IOException;

    /// Something that can go on without waiting.
    interface Ready {
        void ready();
    }
}

package dev.lockdown.probe;

import java.io.IOException;
import java.nio.channels.SelectableChannel;

/// Is told which channels a dial or server waits for, so that one selector can watch them. A driver that polls needs none.
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

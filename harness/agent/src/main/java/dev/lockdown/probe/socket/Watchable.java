package dev.lockdown.probe.socket;

import java.io.IOException;

/// A channel that a [Readiness] can watch, and no selector of the JDK.
public sealed interface Watchable permits StreamChannel, StreamListener {

    /// Have `ready` called, on the thread that watches, whenever something can be read, written or accepted, until it is closed. A later call
    /// replaces an earlier one, and is told of what is possible already.
    void watchedBy(Readiness readiness, Runnable ready) throws IOException;
}

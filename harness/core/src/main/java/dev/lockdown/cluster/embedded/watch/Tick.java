package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Echo;
import org.jspecify.annotations.Nullable;

/// One sample under way.
final class Tick {
    /// When it had been sent for sure; a little before that it was not yet.
    long sent;
    final int port;
    /// By which its answer is known: the sequence number of a SYN.
    final int sequence;
    /// What a datagram asked, where somebody repeats it.
    final @Nullable Echo echo;
    @Nullable Seen seen;

    /// @param sent when it is about to be
    Tick(long sent, int port, int sequence, @Nullable Echo echo) {
        this.sent = sent;
        this.port = port;
        this.sequence = sequence;
        this.echo = echo;
    }
}

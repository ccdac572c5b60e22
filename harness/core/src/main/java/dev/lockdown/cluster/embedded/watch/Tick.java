package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Echo;
import org.jspecify.annotations.Nullable;

/// One sample under way.
final class Tick {
    /// When it had been sent for sure; a little before that it was not yet.
    long sent;
    /// The way that it took, or null where nothing was sent.
    final @Nullable Route route;
    final int port;
    /// By which its answer is known: the sequence number of a SYN.
    final int sequence;
    /// What a datagram asked, where somebody repeats it.
    final @Nullable Echo echo;
    @Nullable Seen seen;

    /// @param sent when it is about to be
    Tick(long sent, Route route, int port, int sequence, @Nullable Echo echo) {
        this.sent = sent;
        this.route = route;
        this.port = port;
        this.sequence = sequence;
        this.echo = echo;
    }

    private Tick(long at, Seen seen) {
        sent = at;
        this.seen = seen;
        route = null;
        port = 0;
        sequence = 0;
        echo = null;
    }

    /// One that was due and for which nothing was sent.
    static Tick unsent(long at, Seen why) {
        return new Tick(at, why);
    }
}

package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.flow.Seen;
import dev.lockdown.probe.sample.Question;
import dev.lockdown.probe.sample.Sample;
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
    /// What a datagram asked, where its answer is to be read.
    final @Nullable Question question;
    /// The whole connection that asks for a page, where that is what is sampled.
    final @Nullable Sample page;
    @Nullable Seen seen;

    /// @param sent when it is about to be
    Tick(long sent, Route route, int port, int sequence, @Nullable Question question) {
        this.sent = sent;
        this.route = route;
        this.port = port;
        this.sequence = sequence;
        this.question = question;
        page = null;
    }

    private Tick(Route route, Sample page) {
        sent = page.sent();
        seen = page.seen();
        this.route = route;
        port = 0;
        sequence = 0;
        question = null;
        this.page = page;
    }

    /// One that is a connection of its own.
    static Tick page(Route route, Sample page) {
        return new Tick(route, page);
    }

    private Tick(long at, Seen seen) {
        sent = at;
        this.seen = seen;
        route = null;
        port = 0;
        sequence = 0;
        question = null;
        page = null;
    }

    /// One that was due and for which nothing was sent.
    static Tick unsent(long at, Seen why) {
        return new Tick(at, why);
    }
}

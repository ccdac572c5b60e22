package dev.lockdown.cluster;

import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Way;
import java.time.Duration;
import java.time.Instant;

/// One real connection to be kept open, with numbered beats both ways while everything else goes on.
///
/// @param interval between two beats of the same direction, which do not wait for one another; zero for one after another without a pause
public record Hold(Flow flow, Duration interval) {
    /// More seldom, connection tracking would forget datagrams between two of them.
    public static final Duration LONGEST = Duration.ofSeconds(1);

    public Hold {
        if (interval.isNegative() || interval.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("beats come every second at least, not every " + interval);
    }

    /// Takes beats, those of each direction in the order in which they were sent. Called on a thread of the cluster's.
    public interface Sink {
        /// @param sentMicros when it was sent, since [Ongoing#began]
        /// @param tookMicros until it arrived; 0 where it was there when it was first looked for
        void beat(Way way, long sentMicros, Beat beat, long tookMicros);

        /// Take note of beats of each direction that were due and not sent, because the sender itself was late.
        void missed(long beats);
    }

    /// A connection that is held until this is closed.
    public interface Ongoing extends AutoCloseable {
        /// When it began, by the clock by which the cluster says when changes were sent.
        Instant began();

        /// Whether both ends were ever there. One that could not be opened has no beats.
        boolean isOpened();

        /// Let go of both ends. Beats that are under way are not handed on. Repeatable.
        @Override
        void close();
    }
}

package dev.lockdown.cluster;

import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Flows to be sampled at a fixed rate while everything else goes on.
///
/// @param interval between two samples of the same flow; the next does not wait for the answer to the last
public record Watch(List<WatchedFlow> flows, Duration interval) {
    public Watch {
        flows = List.copyOf(flows);
        if (flows.isEmpty()) throw new IllegalArgumentException("there is nothing to watch");
        if (!interval.isPositive()) throw new IllegalArgumentException("an interval is longer than nothing");
    }

    /// Takes samples, of each flow in the order in which they were sent. Called on the watcher's own thread.
    public interface Sink {
        /// @param flow its place in [Watch#flows]
        /// @param sentMicros when the sample was sent, since [Ongoing#began]
        void sample(int flow, long sentMicros, Seen seen);

        /// Take note of samples that were due and not taken, because the watcher itself was late. Where it was later than three intervals,
        /// samples that saw [Seen#UNKNOWN] stand at the beginning and the end of that time as well.
        ///
        /// @param ticks of every flow that the one who was late samples
        void missed(long ticks);
    }

    /// A watch that goes on until it is closed.
    public interface Ongoing extends AutoCloseable {
        /// When it began, by the clock by which the cluster says when changes were sent.
        Instant began();

        /// By how much the times of samples may be off from that clock, at the most so far.
        default Duration error() {
            return Duration.ZERO;
        }

        /// Wait for the last answers, and hand on all samples. Repeatable.
        @Override
        void close();
    }
}

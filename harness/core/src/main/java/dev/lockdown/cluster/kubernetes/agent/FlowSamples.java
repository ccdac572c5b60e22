package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.kubernetes.agent.WatchedListener.Question;
import dev.lockdown.flow.Seen;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The samples of one flow that its agent sent, until it is known what they prove; then they are handed on in their order. Times are ours,
/// in microseconds. Used by the watch's thread.
public final class FlowSamples {
    /// So long may what was sent be under way, in microseconds: who listened when it was sent may be gone when it arrives.
    public static final long ON_THE_WAY = 50_000;

    private final int flow;
    private final long began;
    private final Watch.Sink sink;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long last;

    private static final class Waiting {
        private final Run run;
        private final List<WatchedListener> listeners;
        private final List<Question> questions;

        Waiting(Run run, List<WatchedListener> listeners, List<Question> questions) {
            this.run = run;
            this.listeners = listeners;
            this.questions = questions;
        }
    }

    /// Samples that all saw the same.
    ///
    /// @param first when the first was sent; a little before that it was not yet
    /// @param error by how much its times may be off, since they are those of another clock
    /// @param sequence the first one's number in its series
    public record Run(Seen seen, long first, long last, long error, int count, int sequence) {
        private long at(int index) {
            return count == 1 ? first : first + (last - first) * index / (count - 1);
        }
    }

    /// @param flow its place in the watch
    /// @param began when the watch did
    public FlowSamples(int flow, long began, Watch.Sink sink) {
        this.flow = flow;
        this.began = began;
        this.sink = sink;
    }

    /// @param listeners who may have answered; none where nobody can be asked
    /// @param series of its numbered datagrams, or 0
    public void add(Run run, List<WatchedListener> listeners, int series) {
        boolean asks = series != 0 && run.seen == Seen.SILENT;
        waiting.add(new Waiting(run, run.seen.isShut() ? listeners : List.of(),
            asks ? listeners.stream().map(l -> l.ask(series, run.sequence, run.count)).toList() : List.of()));
    }

    /// Take note that nothing was sampled then.
    ///
    /// @param why unknown, or absent
    public void unsampled(long at, Seen why) {
        waiting.add(new Waiting(new Run(why, at, at, 0, 1, 0), List.of(), List.of()));
    }

    /// Hand on what is known.
    ///
    /// @param ending whether nothing more will come to be known
    public void settle(boolean ending) {
        for (Waiting first; (first = waiting.peek()) != null;) {
            var doubtful = doubtful(first, ending);
            if (doubtful == null) return;
            waiting.remove();
            handOn(first, doubtful);
        }
    }

    /// @return null as long as that is not known
    private static @Nullable Boolean doubtful(Waiting samples, boolean ending) {
        boolean doubtful = false;
        var run = samples.run;
        for (var listener : samples.listeners)
            switch (listener.known(run.first - run.error, run.last + run.error + ON_THE_WAY, run.seen == Seen.SILENT)) {
            case THERE -> {}
            case DOUBTFUL -> doubtful = true;
            case OPEN -> {
                if (!ending) return null;
                doubtful = true;
            }
            }
        if (!ending && !doubtful && !samples.questions.stream().allMatch(Question::isAnswered)) return null;
        return doubtful;
    }

    private void handOn(Waiting samples, boolean doubtful) {
        var run = samples.run;
        for (int i = 0; i < run.count; i++) {
            int index = i;
            boolean arrived = samples.questions.stream().anyMatch(q -> q.arrived(index));
            handOn(run.at(i), doubtful ? Seen.UNKNOWN : arrived ? Seen.REPLY_LOST : run.seen);
        }
    }

    /// What is known of the agent's clock changes a little, the order of samples does not.
    private void handOn(long at, Seen seen) {
        last = Math.max(last, at - began);
        sink.sample(flow, last, seen);
    }
}

package dev.lockdown.probe.sample;

import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The samples of one flow: those under way, and what was seen of the others. Used by the sampler's thread, but for [#take].
public final class SampledFlow {
    private final Line line;
    private final @Nullable IntFunction<Question> questions;
    private final ArrayDeque<Under> pending = new ArrayDeque<>();
    /// Those that were not looked at since they were sent.
    private final ArrayList<Sample> young = new ArrayList<>();
    private final List<SeenRun> runs = new ArrayList<>(); // guarded by itself
    private @Nullable Sample sent;
    private int sequence;

    /// What stands in the order of sending: a sample, or some that were not taken.
    private sealed interface Under {
        record Way(Sample sample) implements Under {}

        record Missed(SeenRun run) implements Under {}
    }

    /// @param questions what the sample of each number asks; null for a connection that need only stand
    SampledFlow(Line line, @Nullable IntFunction<Question> questions) {
        this.line = line;
        this.questions = questions;
    }

    void send(long atMost) {
        var sample = sent = Sample.send(line, questions == null ? null : questions.apply(sequence), sequence, atMost);
        sequence++;
        pending.add(new Under.Way(sample));
        if (sample.seen() == null) young.add(sample);
    }

    /// Take note of samples that were due and not taken.
    void missed(long firstNanos, long lastNanos, int count) {
        // The last one that was taken may have been late itself.
        long first = sent == null ? firstNanos : Math.max(firstNanos, sent.sent());
        pending.add(new Under.Missed(new SeenRun(Seen.UNKNOWN, first / 1000, Math.max(first, lastNanos) / 1000, count, sequence)));
        sequence += count;
    }

    /// Look at what was sent last. Many have their answer already; the selector is told of the others alone.
    void lookAtYoung(ByteBuffer answers, Selector selector) throws IOException {
        for (var sample : young) {
            sample.look(answers);
            if (sample.seen() == null) sample.watchedBy(selector);
        }
        young.clear();
    }

    /// Keep what is decided, in order.
    ///
    /// @param deadline how long an answer may take, in nanoseconds
    void settle(long now, long deadline) {
        for (Under first; (first = pending.peek()) != null;) {
            if (first instanceof Under.Way(var sample) && sample.seen() == null && now - sample.sent() < deadline) return;
            pending.remove();
            keep(switch (first) {
                case Under.Missed(var run) -> run;
                case Under.Way(var sample) -> run(sample);
            });
        }
    }

    private static SeenRun run(Sample sample) {
        sample.close();
        long micros = sample.sent() / 1000;
        var seen = sample.seen();
        return new SeenRun(seen == null ? Seen.SILENT : seen, micros, micros, 1, sample.sequence());
    }

    private void keep(SeenRun next) {
        synchronized (runs) {
            if (!runs.isEmpty() && runs.getLast().seen() == next.seen()) runs.set(runs.size() - 1, runs.getLast().and(next));
            else runs.add(next);
        }
    }

    /// Take what was kept since the last time. On any thread.
    List<SeenRun> take() {
        synchronized (runs) {
            var taken = List.copyOf(runs);
            runs.clear();
            return taken;
        }
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    void close() {
        for (var each : pending) if (each instanceof Under.Way(var sample)) sample.close();
    }
}

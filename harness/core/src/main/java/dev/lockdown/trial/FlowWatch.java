package dev.lockdown.trial;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.Strip;
import dev.lockdown.chaos.Windows;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.Watch;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Flows that are watched, and their samples so far: on the watcher's thread they come, on the trial's they are read.
final class FlowWatch implements Watch.Sink, AutoCloseable {
    /// What was seen is written so often, so that a kill loses no more.
    private static final long WRITTEN_MICROS = 1_000_000;
    /// So long may the first samples take, which are silent until their deadline where nobody answers.
    private static final Duration FIRST = Duration.ofSeconds(2);

    private final int number;
    private final Watch watch;
    private final ScenarioJournal journal;
    private final List<Strip> strips = new ArrayList<>();
    private final List<Strip> unwritten = new ArrayList<>();
    private long missed;
    private long samples;
    private boolean writing = true;
    private Watch.@Nullable Ongoing ongoing;

    private FlowWatch(int number, Watch watch, ScenarioJournal journal) {
        this.number = number;
        this.watch = watch;
        this.journal = journal;
        watch.flows().forEach(_ -> {
            strips.add(new Strip());
            unwritten.add(new Strip());
        });
    }

    static FlowWatch start(int number, Watch watch, Cluster cluster, ScenarioJournal journal, int line) {
        var started = new FlowWatch(number, watch, journal);
        started.begin(cluster, line);
        // What follows is to be compared with what was before it.
        new Polling(Duration.ofMillis(1)).telling(new Waits(journal.waits())).until(FIRST, started::leastSamples,
            least -> least >= Windows.STEADY, _ -> "the first samples of the watched flows");
        return started;
    }

    /// How many samples there are of the flow that has the fewest.
    private synchronized int leastSamples() {
        return strips.stream().mapToInt(s -> s.runs().stream().mapToInt(SampleRun::count).sum()).min().orElse(0);
    }

    /// Samples wait until the journal tells that there are some.
    private synchronized void begin(Cluster cluster, int line) {
        ongoing = cluster.watch(watch, this);
        journal.write(new Entry.Watched(began(), journal.scenario(), line, number, watch.interval(), watch.flows(),
            Objects.requireNonNull(ongoing).error()));
    }

    private Instant began() {
        return Objects.requireNonNull(ongoing).began();
    }

    int number() {
        return number;
    }

    List<WatchedFlow> flows() {
        return watch.flows();
    }

    Duration interval() {
        return watch.interval();
    }

    /// The flow's place, or -1 where it is not watched.
    int indexOf(WatchedFlow flow) {
        return watch.flows().indexOf(flow);
    }

    /// By how much times of samples may be off from those of changes, to the microsecond as the journal has it.
    Duration error() {
        return Objects.requireNonNull(ongoing).error().truncatedTo(ChronoUnit.MICROS);
    }

    Cause cause(String words, Instant sent, Instant answered, Duration error) {
        return new Cause(words, micros(sent), micros(answered), error.toNanos() / 1000);
    }

    long micros(Instant at) {
        // As the journal writes them, so that its reader gets the same.
        return ChronoUnit.MICROS.between(began().truncatedTo(ChronoUnit.MICROS), at.truncatedTo(ChronoUnit.MICROS));
    }

    synchronized List<SampleRun> runs(int flow) {
        return strips.get(flow).runs();
    }

    /// The samples so far, of which the file has the same from now on: whoever reads it judges what was judged here.
    synchronized List<SampleRun> written(int flow) {
        write(flow);
        return runs(flow);
    }

    @Override
    public synchronized void sample(int flow, long sentMicros, Seen seen) {
        long micros = Math.max(0, sentMicros);
        samples++;
        strips.get(flow).add(micros, seen);
        var waiting = unwritten.get(flow);
        if (!waiting.isEmpty() && micros - waiting.firstMicros() >= WRITTEN_MICROS) write(flow);
        unwritten.get(flow).add(micros, seen);
    }

    /// Write down how far it has come.
    ///
    /// @param causes all changes so far
    void tally(List<Cause> causes) {
        List<List<SampleRun>> known;
        synchronized (this) {
            known = strips.stream().map(Strip::runs).toList();
        }
        // It takes its time, for which no sample may wait.
        long windows = known.stream().mapToLong(runs -> Windows.of(runs, causes).size()).sum();
        synchronized (this) {
            if (writing) journal.write(new Entry.WatchTally(journal.now(), journal.scenario(), number, samples, windows, missed));
        }
    }

    @Override
    public synchronized void missed(long ticks) {
        missed += ticks;
    }

    private void write(int flow) {
        var runs = unwritten.set(flow, new Strip()).runs();
        if (runs.isEmpty() || !writing) return;
        try {
            journal.write(new Entry.Sampled(Instant.EPOCH, journal.scenario(), number, flow, runs));
        } catch (JournalException _) {
            // The journal keeps why, and whoever ends the run asks for it.
            writing = false;
        }
    }

    @Override
    public void close() {
        Objects.requireNonNull(ongoing).close();
        synchronized (this) {
            for (int i = 0; i < unwritten.size(); i++) write(i);
            if (writing)
                journal.write(new Entry.WatchEnded(journal.now(), journal.scenario(), number, missed,
                    Objects.requireNonNull(ongoing).error()));
            writing = false;
        }
    }
}

package dev.lockdown.trial;

import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.Cause;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Way;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection that is held, and its beats so far: on the cluster's thread they come, on the trial's they are read.
final class HeldConnection implements Hold.Sink, AutoCloseable {
    /// What stays the same is written so often, so that a kill loses no more.
    private static final long WRITTEN_MICROS = 1_000_000;
    /// So long may the first beats take.
    private static final Duration FIRST = Duration.ofSeconds(2);
    /// So many of each direction must have come before anything is changed.
    private static final int ENOUGH = 3;

    private final int number;
    private final Hold hold;
    private final ScenarioJournal journal;
    private final List<BeatRun> written = new ArrayList<>();
    private final Map<Way, BeatRun> unwritten = new EnumMap<>(Way.class);
    private long missed;
    private boolean writing = true;
    private Hold.@Nullable Ongoing ongoing;

    private HeldConnection(int number, Hold hold, ScenarioJournal journal) {
        this.number = number;
        this.hold = hold;
        this.journal = journal;
    }

    static HeldConnection open(int number, Hold hold, Cluster cluster, ScenarioJournal journal, int line) {
        var opened = new HeldConnection(number, hold, journal);
        opened.begin(cluster, line);
        return opened;
    }

    /// Wait for the first beats: what follows is to be compared with what was before it.
    void awaitBeats() {
        if (ongoing().isOpened())
            new Polling(Duration.ofMillis(1)).telling(new Waits(journal.waits())).until(FIRST, this::leastBeats,
                least -> least >= ENOUGH, _ -> "the first beats of %s".formatted(hold.flow()));
    }

    /// Beats wait until the journal tells that there are some.
    private synchronized void begin(Cluster cluster, int line) {
        ongoing = cluster.hold(hold, this);
        journal.write(new Entry.Held(ongoing.began(), journal.scenario(), line, number, hold.interval(), hold.flow()));
    }

    private Hold.Ongoing ongoing() {
        return Objects.requireNonNull(ongoing);
    }

    private synchronized int leastBeats() {
        return Math.min(count(Way.THERE), count(Way.BACK));
    }

    private int count(Way way) {
        var open = unwritten.get(way);
        return (open == null ? 0 : open.count()) + written.stream().filter(r -> r.way() == way).mapToInt(BeatRun::count).sum();
    }

    int number() {
        return number;
    }

    Flow flow() {
        return hold.flow();
    }

    Duration interval() {
        return hold.interval();
    }

    Cause cause(String words, Instant sent, Instant answered) {
        return new Cause(words, micros(sent), micros(answered));
    }

    long micros(Instant at) {
        // As the journal writes them, so that its reader gets the same.
        return ChronoUnit.MICROS.between(ongoing().began().truncatedTo(ChronoUnit.MICROS), at.truncatedTo(ChronoUnit.MICROS));
    }

    /// All beats that are known, those of each direction in their order.
    synchronized List<BeatRun> beats() {
        var all = new ArrayList<>(written);
        all.addAll(unwritten.values());
        return all;
    }

    /// The same, written to the journal up to the last one, so that whoever reads it can end there.
    synchronized List<BeatRun> sealed() {
        for (var way : Way.values()) write(way);
        return List.copyOf(written);
    }

    /// When the last beat of a direction was sent, or -1.
    static long last(List<BeatRun> beats, Way way) {
        return beats.stream().filter(r -> r.way() == way).mapToLong(BeatRun::lastMicros).max().orElse(-1);
    }

    @Override
    public synchronized void beat(Way way, long sentMicros, Beat beat, long tookMicros) {
        var next = new BeatRun(way, sentMicros, sentMicros, 1, beat, tookMicros);
        var before = unwritten.get(way);
        if (before != null && before.beat() == beat && sentMicros - before.firstMicros() < WRITTEN_MICROS) {
            unwritten.put(way, before.and(next));
        } else {
            write(way);
            unwritten.put(way, next);
        }
    }

    @Override
    public synchronized void missed(long beats) {
        missed += beats;
    }

    private void write(Way way) {
        var run = unwritten.remove(way);
        if (run == null) return;
        written.add(run);
        if (!writing) return;
        try {
            journal.write(new Entry.Beats(Instant.EPOCH, journal.scenario(), number, run));
        } catch (JournalException _) {
            // The journal keeps why, and whoever ends the run asks for it.
            writing = false;
        }
    }

    @Override
    public void close() {
        ongoing().close();
        synchronized (this) {
            for (var way : Way.values()) write(way);
            if (writing) journal.write(new Entry.HeldEnded(journal.now(), journal.scenario(), number, missed));
        }
    }
}

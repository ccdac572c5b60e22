package dev.lockdown.bench;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.Strip;
import dev.lockdown.chaos.Window;
import dev.lockdown.chaos.Windows;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.EmbeddedCluster;
import dev.lockdown.cluster.embedded.Hole;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.state.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// How well flows are watched: between which two samples a window ends, what of the time is missed, and whether a hole of known length is
/// found.
final class Watching {
    /// So long is a flow left alone, before a change and after it.
    private static final Duration CALM = Duration.ofMillis(100);
    private static final Polling LOOK = new Polling(Duration.ofMillis(1));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InstantSource clock;

    Watching(InstantSource clock) {
        this.clock = clock;
    }

    /// Samples as they come.
    private static final class Seeing implements Watch.Sink {
        private final List<Strip> strips = new ArrayList<>();
        private long missed;

        Seeing(int flows) {
            for (int i = 0; i < flows; i++) strips.add(new Strip());
        }

        @Override
        public synchronized void sample(int flow, long sentMicros, Seen seen) {
            strips.get(flow).add(sentMicros, seen);
        }

        @Override
        public synchronized void missed(long ticks) {
            missed += ticks;
        }

        synchronized List<SampleRun> runs(int flow) {
            return strips.get(flow).runs();
        }

        synchronized long missed() {
            return missed;
        }

        /// Wait until the last of the flows is seen so, and leave all of them alone for a while.
        void await(Seen seen, InstantSource clock) {
            var last = LOOK.until(PATIENCE, this::last, now -> now == seen).value();
            if (last != seen) throw new IllegalStateException("the flow was not seen " + seen);
            var calm = clock.instant().plus(CALM);
            LOOK.until(CALM, clock::instant, now -> !now.isBefore(calm));
        }

        private Seen last() {
            var runs = runs(strips.size() - 1);
            return runs.isEmpty() ? Seen.UNKNOWN : runs.getLast().seen();
        }
    }

    private static List<WatchedFlow> flows(int count) {
        return List.copyOf(new Crowd(12).flows(Crowd.PORTS.getFirst()).subList(0, count));
    }

    private EmbeddedCluster populated(EmbeddedBackend backend) {
        var cluster = backend.start(Needs.DEFAULT);
        cluster.apply(List.of(Crowd.namespace()));
        cluster.apply(new Crowd(12).starts());
        return cluster;
    }

    /// Policies come and go; between two samples each flow shuts and opens. The second figure is what was missed of each second.
    List<Figure> resolution(int count, Duration interval, int rounds, Goal goal) {
        var errors = new ArrayList<Sample>();
        var missed = new ArrayList<Sample>();
        try (var backend = EmbeddedBackend.sound(clock); var cluster = populated(backend)) {
            var seeing = new Seeing(count);
            var causes = new ArrayList<Cause>();
            var started = clock.instant();
            try (var watch = cluster.watch(new Watch(flows(count), interval), seeing)) {
                seeing.await(Seen.OPEN, clock);
                for (int i = 0; i < rounds; i++) {
                    causes.add(cause(watch.began(), cluster, Crowd.denyAll()));
                    seeing.await(Seen.SILENT, clock);
                    causes.add(cause(watch.began(), cluster, new Change.DeletePolicy(Crowd.DENY_ALL)));
                    seeing.await(Seen.OPEN, clock);
                }
                long seconds = Math.max(1, Duration.between(started, clock.instant()).toSeconds());
                missed.add(sample(interval.multipliedBy(seeing.missed()).dividedBy(seconds)));
            }
            for (int flow = 0; flow < count; flow++)
                for (var window : Windows.of(seeing.runs(flow), causes)) if (window.cause() != null) errors.add(sample(window.error()));
            var what = "%s flows every %s ms".formatted(Integer.toString(count), Double.toString(interval.toNanos() / 1e6));
            return List.of(new Figure(what + ": a window's error", goal, errors, Stopwatch.heap()),
                new Figure(what + ": missed of a second", Goal.millis(10), missed, 0));
        }
    }

    private static Sample sample(Duration time) {
        return new Sample(time, Duration.ZERO);
    }

    private static Cause cause(Instant began, EmbeddedCluster cluster, Change change) {
        var applied = cluster.apply(List.of(change));
        return new Cause("", ChronoUnit.MICROS.between(began, applied.sent()), ChronoUnit.MICROS.between(began, applied.answered()));
    }

    /// By how much a hole of known length is found shorter or longer than it was, one flow being sampled.
    Figure hole(Duration length, Duration interval, int rounds, Goal goal) {
        var off = new ArrayList<Sample>();
        try (var backend = EmbeddedBackend.sound(clock); var cluster = populated(backend)) {
            cluster.apply(List.of(Crowd.denyAll()));
            for (int i = 0; i < rounds; i++) off.add(sample(hole(cluster, length, interval)));
        }
        return new Figure("a hole of %s ms, found off by".formatted(Long.toString(length.toMillis())), goal, off, 0);
    }

    private Duration hole(EmbeddedCluster cluster, Duration length, Duration interval) {
        var seeing = new Seeing(1);
        Hole hole;
        try (var _ = cluster.watch(new Watch(flows(1), interval), seeing)) {
            seeing.await(Seen.SILENT, clock);
            hole = cluster.hole(length);
            seeing.await(Seen.SILENT, clock);
        }
        var leak = Windows.stretches(seeing.runs(0), false).stream().filter(w -> w.kind() == Window.Kind.LEAK).findFirst()
            .orElseThrow(() -> new IllegalStateException("a hole of %s was not found".formatted(length)));
        // Half-way between the least and the most that the samples say, held against what the hole's own edges leave open.
        var found = Duration.of((leak.leastMicros() + leak.mostMicros()) / 2, ChronoUnit.MICROS);
        var off = found.compareTo(hole.most()) > 0 ? found.minus(hole.most()) : hole.least().minus(found);
        return off.isNegative() ? Duration.ZERO : off;
    }
}

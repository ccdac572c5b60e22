package dev.lockdown.bench;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.EmbeddedCluster;
import dev.lockdown.cluster.embedded.KernelFloor;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// How long it takes to look at all flows of a crowd: first [#open], then [#denied]. The floor is [KernelFloor], on one thread.
final class Tables implements AutoCloseable {
    private final Stopwatch watch;
    private final Crowd crowd;
    private final int threads;
    private final List<Probe> probes;
    private final EmbeddedCluster cluster;
    private final KernelFloor floor;

    Tables(InstantSource clock, Stopwatch watch, Crowd crowd, int threads) {
        this.watch = watch;
        this.crowd = crowd;
        this.threads = threads;
        probes = crowd.probes();
        cluster = EmbeddedBackend.sound(clock).dialling(threads).start(Needs.DEFAULT);
        cluster.apply(List.of(Crowd.namespace()));
        cluster.apply(crowd.starts());
        floor = KernelFloor.of(cluster, crowd.endpoints(), Crowd.PORTS);
    }

    Figure open(int rounds, Goal goal) {
        return look(rounds, goal, "open", Outcome.Connected.class::isInstance, floor::open);
    }

    Figure denied(int rounds, Goal goal) {
        cluster.apply(List.of(Crowd.denyAll()));
        return look(rounds, goal, "denied", Outcome.TimedOut.class::isInstance, floor::denied);
    }

    /// Look, and let the kernel alone do the same, in turn.
    private Figure look(int rounds, Goal goal, String how, Predicate<Outcome> expected, Runnable bare) {
        var samples = new ArrayList<Sample>();
        var floors = new ArrayList<Sample>();
        var seen = new ArrayList<Observation>();
        for (int i = 0; i < rounds; i++) {
            seen.clear();
            samples.add(watch.time(() -> seen.addAll(cluster.observe(probes, Dialling.DEFAULT))));
            check(seen, how, expected);
            floors.add(watch.time(bare));
        }
        var what =
            String.format(Locale.ROOT, "%s pods, %,d flows %s%s", crowd.pods(), probes.size(), how,
                threads == 1 ? "" : ", %s threads".formatted(threads));
        return new Figure(what, goal, samples, floors, Stopwatch.heap());
    }

    private static void check(List<Observation> seen, String how, Predicate<Outcome> expected) {
        var others = seen.stream().filter(o -> !expected.test(o.outcome())).toList();
        if (!others.isEmpty())
            throw new IllegalStateException("%s of %s flows were not %s; the first of them: %s".formatted(
                others.size(), seen.size(), how, others.getFirst()));
    }

    @Override
    public void close() {
        floor.close();
        cluster.close();
    }
}

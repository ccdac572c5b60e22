package dev.lockdown.bench;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long clusters and pods take to come up: in a new cluster each time, until every port is served.
final class Arrivals {
    private final InstantSource clock;
    private final Stopwatch watch;

    Arrivals(InstantSource clock, Stopwatch watch) {
        this.clock = clock;
        this.watch = watch;
    }

    Figure cluster(int rounds) {
        var samples = new ArrayList<Sample>();
        long heap = 0;
        try (var backend = EmbeddedBackend.sound(clock)) {
            for (int i = 0; i < rounds; i++) {
                samples.add(watch.time(() -> backend.start(Needs.DEFAULT).close()));
            }
            heap = Stopwatch.heap();
        }
        return new Figure("a cluster up, and down again", Goal.NONE, samples, heap);
    }

    Figure up(int pods, int rounds, Goal goal) {
        var starts = new Crowd(pods).starts();
        var samples = new ArrayList<Sample>();
        long heap = 0;
        try (var backend = EmbeddedBackend.sound(clock)) {
            for (int i = 0; i < rounds; i++) {
                try (var cluster = backend.start(Needs.DEFAULT)) {
                    cluster.apply(List.of(Crowd.namespace()));
                    samples.add(watch.time(() -> cluster.apply(starts)));
                    heap = Stopwatch.heap();
                }
            }
        }
        return new Figure(String.format(Locale.ROOT, "%,d pods up", pods), goal, samples, heap);
    }
}

package dev.lockdown.bench;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.SetElementFloor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long it takes from a policy to its enforcement: on the embedded cluster, rules are in force when a change is answered.
final class Enforcing {
    private final InstantSource clock;
    private final Stopwatch watch;

    Enforcing(InstantSource clock, Stopwatch watch) {
        this.clock = clock;
        this.watch = watch;
    }

    /// A policy for each pod, all of them at once.
    Figure everyPod(int pods, int rounds, Goal goal) {
        var crowd = new Crowd(pods);
        var policies = crowd.policies();
        var deletions = crowd.deletions();
        var samples = new ArrayList<Sample>();
        try (var cluster = populated(crowd)) {
            for (int i = 0; i < rounds; i++) {
                samples.add(watch.time(() -> cluster.apply(policies)));
                cluster.apply(deletions);
            }
            return new Figure("%s policies for %s pods, enforced".formatted(pods, pods), goal, samples, Stopwatch.heap());
        }
    }

    /// One rule more, or less, in the policy of one pod, all of them being isolated. The floor is the elements that it comes to,
    /// one for each pod.
    Figure onePod(int pods, int rounds, Goal goal) {
        var crowd = new Crowd(pods);
        var samples = new ArrayList<Sample>();
        var floors = new ArrayList<Sample>();
        try (var cluster = populated(crowd); var floor = new SetElementFloor(pods)) {
            cluster.apply(crowd.policies());
            for (int i = 0; i < rounds; i++) {
                boolean more = i % 2 == 0;
                var change = List.of(more ? Crowd.oneRuleMore() : Crowd.oneRuleLess());
                samples.add(watch.time(() -> cluster.apply(change)));
                floors.add(watch.time(more ? floor::add : floor::delete));
            }
            return new Figure("one pod's rule among %s, enforced".formatted(pods), goal, samples, floors, Stopwatch.heap());
        }
    }

    /// One rule that multiplies many ports by many blocks.
    Figure manyPortsAndBlocks(int ports, int blocks, int rounds, Goal goal) {
        var crowd = new Crowd(10);
        var samples = new ArrayList<Sample>();
        try (var cluster = populated(crowd)) {
            for (int i = 0; i < rounds; i++) {
                samples.add(watch.time(() -> cluster.apply(List.of(Crowd.manyPortsAndBlocks(ports, blocks)))));
                cluster.apply(List.of(Crowd.withoutManyPortsAndBlocks()));
            }
            return new Figure(String.format(Locale.ROOT, "a rule of %,d ports and %,d blocks, enforced", ports, blocks), goal, samples,
                Stopwatch.heap());
        }
    }

    private Cluster populated(Crowd crowd) {
        var cluster = EmbeddedBackend.sound(clock).start(Needs.DEFAULT);
        cluster.apply(List.of(Crowd.namespace()));
        cluster.apply(crowd.starts());
        return cluster;
    }
}

package dev.lockdown.cli;

import dev.lockdown.mutation.Collection;
import dev.lockdown.mutation.Fates;
import dev.lockdown.mutation.MutationRun;
import java.time.Duration;
import java.time.Instant;

/// What `run --mutate` does: a run as ever, and if it is green, every change of every policy that it applied.
final class MutationRunner {
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final Clusters clusters;

    MutationRunner(Surroundings surroundings, Clusters clusters) {
        this.surroundings = surroundings;
        this.clusters = clusters;
    }

    /// @param threshold how many of a hundred changes must be noticed
    ExitStatus run(RunOptions options, int threshold) {
        var collection = new Collection();
        var green = new SpecRunner(surroundings, clusters, collection).run(options);
        if (green != ExitStatus.OK) {
            surroundings.err().println("nothing was mutated: what is not green without a change says nothing about changes");
            return green;
        }
        try (var backend = clusters.backend(options.cluster())) {
            var run = new MutationRun(collection, backend, surroundings.clock(),
                backend.isolatesScenarios() ? options.threads() : 1);
            var told = new Telling(surroundings.clock().instant());
            surroundings.cleanup().add(() -> {
                run.stop();
                surroundings.err().println(told.line());
            });
            var fates = run.run(told::take);
            new MutationText(fates, options.output()).print(surroundings.out());
            return fates.percentNoticed() < threshold ? ExitStatus.FAILED : ExitStatus.OK;
        }
    }

    /// Says now and then how far it is.
    private final class Telling {
        private Instant last;
        private int tried;
        private int unnoticed;

        Telling(Instant now) {
            last = now;
        }

        synchronized void take(Fates.Fate fate) {
            tried++;
            if (fate.noticedBy() == null) unnoticed++;
            var now = surroundings.clock().instant();
            if (Duration.between(last, now).compareTo(BETWEEN_WORDS) < 0) return;
            last = now;
            surroundings.err().println(line());
        }

        synchronized String line() {
            return "%d changes tried, %d of them unnoticed".formatted(tried, unnoticed);
        }
    }
}

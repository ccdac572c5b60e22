package dev.lockdown.cli;

import dev.lockdown.mutation.AppliedPolicies;
import dev.lockdown.mutation.MutationResults;
import dev.lockdown.mutation.MutationRun;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Counted;
import java.time.Duration;
import java.time.Instant;

/// What `run --mutate` does: a run as ever, and if it is green, every change of every policy that it applied.
final class MutationRunner {
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

    private final ProcessContext context;
    private final Clusters clusters;

    MutationRunner(ProcessContext context, Clusters clusters) {
        this.context = context;
        this.clusters = clusters;
    }

    /// @param threshold how many of a hundred changes must be noticed
    ExitStatus run(RunOptions options, int threshold) {
        var applied = new AppliedPolicies();
        var green = new SpecRunner(context, clusters, applied).run(options);
        if (green != ExitStatus.OK) {
            context.err().println("nothing was mutated: what is not green without a change says nothing about changes");
            return green;
        }
        try (var backend = clusters.backend(options.cluster())) {
            var run = new MutationRun(applied, backend, context.clock(),
                backend.isolatesScenarios() ? options.threads() : 1);
            var told = new Telling(context.clock().instant());
            context.cleanup().add(() -> {
                run.stop();
                context.err().println(told.line());
            });
            var results = run.run(told::take);
            new MutationText(results, options.output()).print(context.out());
            if (results.percentNoticed().isEmpty()) return ExitStatus.INCONCLUSIVE;
            return results.percentNoticed().getAsInt() < threshold ? ExitStatus.FAILED : ExitStatus.OK;
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

        synchronized void take(MutationResults.Result result) {
            tried++;
            if (result.noticedBy() == null) unnoticed++;
            var now = context.clock().instant();
            if (Duration.between(last, now).compareTo(BETWEEN_WORDS) < 0) return;
            last = now;
            context.err().println(line());
        }

        synchronized String line() {
            return "%s tried, %s unnoticed".formatted(Counted.of(tried, "change"), unnoticed);
        }
    }
}

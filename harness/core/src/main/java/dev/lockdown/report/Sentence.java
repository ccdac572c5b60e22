package dev.lockdown.report;

import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.Headline;

import dev.lockdown.journal.Entry.Status;

/// Says what a run came to, in one sentence that is never better than its worst scenario; the worst are those that decide the
/// exit status.
final class Sentence {
    private Sentence() {}

    static String of(Run run) {
        var counts = run.counts();
        int total = run.selected();
        var problem = run.problem();
        if (counts.of(Status.BROKEN) > 0) return "%s could not be run%s".formatted(part(run, Status.BROKEN), why(run, Status.BROKEN));
        if (counts.of(Status.FAILED) > 0) return "%s failed%s".formatted(part(run, Status.FAILED), why(run, Status.FAILED));
        if (run.finished() == null)
            return "The run was ended before it was done: %s of %s %s finished".formatted(finished(run), Figures.count(total, "scenario"),
                finished(run) == 1 ? "was" : "were");
        if (problem != null) return "The run was ended: " + firstLine(problem);
        if (counts.of(Status.INCONCLUSIVE) > 0)
            return "%s proved nothing%s".formatted(part(run, Status.INCONCLUSIVE), why(run, Status.INCONCLUSIVE));
        if (total == 0) return "Nothing was proven: no scenario was run";
        if (counts.total() < total)
            return "Nothing failed, but only %s of %s %s run".formatted(counts.total(), Figures.count(total, "scenario"),
                counts.total() == 1 ? "was" : "were");
        int skipped = counts.of(Status.SKIPPED);
        if (skipped == total)
            return total == 1 ? "Nothing was proven: the scenario was skipped"
                : "Nothing was proven: all %s scenarios were skipped".formatted(total);
        if (skipped > 0) return "%s passed, %s %s skipped".formatted(part(run, Status.PASSED), skipped, skipped == 1 ? "was" : "were");
        return total == 1 ? "The scenario passed" : "All %s scenarios passed".formatted(total);
    }

    private static String part(Run run, Status status) {
        return "%s of %s".formatted(run.counts().of(status), Figures.count(run.selected(), "scenario"));
    }

    private static long finished(Run run) {
        return run.scenarios().stream().filter(s -> s.finished() != null).count();
    }

    private static String why(Run run, Status status) {
        var failure = run.scenarios().stream().filter(s -> s.status() == status).findFirst().orElseThrow().failures().getFirst();
        var first = run.counts().of(status) > 1 ? ", the first: " : ": ";
        return first + switch (failure) {
            case Failure.Differs d -> Headline.withReason(d.cells().getFirst());
            case Failure.Problem p -> p.headline();
        };
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}

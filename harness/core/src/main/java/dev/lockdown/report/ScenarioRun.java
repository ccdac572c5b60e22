package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A scenario as it was run.
///
/// @param setup what was there before the first policy
/// @param watches of flows that were watched while its steps ran
/// @param held connections that were held open while its steps ran
/// @param disruptions what was done to the cluster on purpose
/// @param cells how many flows its steps judged, also where those that agreed were let go
/// @param spent on what it spent its time
/// @param finished null where it was not: the run was killed, or is still going on
public record ScenarioRun(Entry.ScenarioStarted started, List<Entry.Canary> canaries, List<Entry.Applied> setup, List<StepRun> steps,
        List<WatchRun> watches, List<HeldRun> held, List<DisruptionRun> disruptions, Probes probes, CellCounts cells, TimeSpent spent,
        Entry.@Nullable ScenarioFinished finished) {
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final String UNFINISHED = "the run ended before this scenario did";

    public ScenarioRun {
        canaries = List.copyOf(canaries);
        setup = List.copyOf(setup);
        steps = List.copyOf(steps);
        watches = List.copyOf(watches);
        disruptions = List.copyOf(disruptions);
        held = List.copyOf(held);
    }

    /// A scenario that did not finish has proven nothing.
    public Status status() {
        return finished == null ? Status.INCONCLUSIVE : finished.status();
    }

    /// Why the scenario as a whole has its status, or null.
    public @Nullable String problem() {
        return finished == null ? UNFINISHED : finished.problem();
    }

    /// Why it was skipped; only of a scenario that was.
    public String skippedBecause() {
        if (problem() != null) return problem();
        return steps.stream().map(s -> s.finished().problem()).filter(Objects::nonNull).findFirst().orElse("no reason was given");
    }

    public Duration took() {
        return finished == null ? Duration.between(started.at(), ended()) : finished.took();
    }

    /// On what it spent its time, for people; empty where it waited for its cluster for less than a second.
    public String spentWords() {
        return spent.waiting().compareTo(LONG) < 0 ? "" : spent.words();
    }

    Instant ended() {
        if (finished != null) return finished.at();
        return steps.isEmpty() ? started.at() : steps.getLast().finished().at();
    }

    /// All changes but those of the setup, in their order.
    public List<Entry.Applied> applied() {
        return steps.stream().flatMap(s -> s.applied().stream()).toList();
    }

    /// The folder, seen from the run's, of what the cluster told when it failed; or null.
    public @Nullable String evidence() {
        return finished == null ? null : finished.evidence();
    }

    /// Where it stands: `features/dns.feature:21`.
    public String place() {
        return started.feature() + ":" + started.line();
    }

    /// What went wrong, worst first; empty if it passed or was skipped, else at least one.
    public List<Failure> failures() {
        return Failure.in(this);
    }
}

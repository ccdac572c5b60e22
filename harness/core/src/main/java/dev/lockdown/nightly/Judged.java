package dev.lockdown.nightly;

import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.journal.Entry.Status;
import java.util.ArrayList;
import java.util.List;

/// What a scenario of a cell counts for, after what was known of it.
///
/// @param deviations that are about it on this plugin; of one that is mended, those that are to be taken out
public record Judged(ScenarioDigest scenario, Counts counts, List<Deviation> deviations) {
    public Judged {
        deviations = List.copyOf(deviations);
    }

    public enum Counts {
        PASSED, SKIPPED, FAILED, INCONCLUSIVE, BROKEN,
        /// It passed some of the times, and not by what is known to come and go.
        FLAKY,
        /// It fails, and was known to.
        KNOWN,
        /// It was known to fail, and passes: the deviation is to be taken out of its list.
        MENDED,
        /// It does not count, whatever comes of it.
        QUARANTINED;

        /// Whether the night fails by it.
        public boolean isFailure() {
            return this == FAILED || this == MENDED;
        }

        /// Whether the night proves nothing by it.
        public boolean isInconclusive() {
            return this == INCONCLUSIVE || this == BROKEN || this == FLAKY;
        }
    }

    static List<Judged> of(RunDigest run, Deviations known, String quarantine) {
        var plugins = Plugin.of(run.info());
        var here = known.all().stream().filter(d -> plugins.stream().anyMatch(d::isAbout)).toList();
        var judged = new ArrayList<Judged>();
        for (var scenario : run.scenarios()) {
            // What is known of single flows says nothing of a scenario in which they were not asked about.
            var about = here.stream().filter(d -> d.isAbout(scenario) && (d.flow() == null || asks(scenario, d))).toList();
            var counts = counts(scenario, about, quarantine);
            judged.add(new Judged(scenario, counts, counts == Counts.MENDED ? about.stream().filter(d -> !d.sometimes()).toList() : about));
        }
        return judged;
    }

    private static Counts counts(ScenarioDigest scenario, List<Deviation> about, String quarantine) {
        var ended = Ended.of(scenario);
        if (ended == Ended.SKIPPED) return Counts.SKIPPED;
        if (scenario.tags().contains(quarantine)) return Counts.QUARANTINED;
        return switch (ended) {
            case PASSED -> about.stream().allMatch(Deviation::sometimes) ? Counts.PASSED : Counts.MENDED;
            case FAILED -> isKnown(scenario, about) ? Counts.KNOWN : Counts.FAILED;
            case FLAKY -> isKnownToComeAndGo(scenario, about) ? Counts.KNOWN : Counts.FLAKY;
            case INCONCLUSIVE -> Counts.INCONCLUSIVE;
            case BROKEN, SKIPPED -> Counts.BROKEN;
        };
    }

    private static boolean asks(ScenarioDigest scenario, Deviation deviation) {
        return scenario.steps().stream().flatMap(s -> s.verdicts().stream()).anyMatch(deviation::explains);
    }

    /// Whether it passed and failed by what is known to come and go.
    private static boolean isKnownToComeAndGo(ScenarioDigest scenario, List<Deviation> about) {
        return scenario.worst() == Status.FAILED && isKnown(scenario, about.stream().filter(Deviation::sometimes).toList());
    }

    /// Whether everything that differs is explained.
    private static boolean isKnown(ScenarioDigest scenario, List<Deviation> about) {
        if (about.isEmpty()) return false;
        if (about.stream().anyMatch(d -> d.flow() == null)) return true;
        var differing = scenario.steps().stream().flatMap(s -> s.verdicts().stream()).filter(v -> !v.agrees()).toList();
        return !differing.isEmpty() && differing.stream().allMatch(v -> about.stream().anyMatch(d -> d.explains(v)));
    }

    /// Whether it passes, and is known to fail at times.
    public boolean isAbsent() {
        return counts == Counts.PASSED && !deviations.isEmpty();
    }

    /// The verdicts that are not as the scenario claims.
    public List<FlowVerdict> differing() {
        return scenario.steps().stream().flatMap(s -> s.verdicts().stream()).filter(v -> !v.agrees()).toList();
    }
}

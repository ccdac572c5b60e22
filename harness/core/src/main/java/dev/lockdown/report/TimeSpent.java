package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// On what a scenario spent its time: what lies between two entries of the journal was spent on the later one.
///
/// @param on those parts alone on which any was
public record TimeSpent(Map<Part, Duration> on) {
    static final TimeSpent NONE = new TimeSpent(Map.of());

    public enum Part {
        /// Pods and what else is there before the first policy, until all of it runs.
        PODS,
        /// Until the cluster had shown that it enforces policies.
        CANARY,
        /// What is open before the first policy.
        BASELINE,
        /// Changes, until they are enforced on every node.
        ENFORCEMENT,
        /// Probes of verdict steps and their controls.
        VERDICTS,
        /// Flows that were watched, connections that were held, and what was done to the cluster on purpose.
        DISRUPTIONS,
        /// Everything else, such as removing the scenario's policies.
        REST;

        /// `pods`
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TimeSpent {
        var copy = new EnumMap<Part, Duration>(Part.class);
        copy.putAll(on);
        on = Collections.unmodifiableMap(copy);
    }

    TimeSpent and(Part part, Duration more) {
        if (more.isZero() || more.isNegative()) return this;
        var sum = new EnumMap<Part, Duration>(Part.class);
        sum.putAll(on);
        sum.merge(part, more, Duration::plus);
        return new TimeSpent(sum);
    }

    /// On what the time before an entry was spent.
    ///
    /// @param changed whether a step has changed something before
    static Part part(Entry entry, boolean changed) {
        return switch (entry) {
            case Entry.Applied e -> e.line() == 0 ? Part.PODS : Part.ENFORCEMENT;
            case Entry.Canary _ -> Part.CANARY;
            case Entry.Observed e -> switch (e.purpose()) {
                case BASELINE -> Part.BASELINE;
                case SENTINEL -> e.line() == 0 && !changed ? Part.CANARY : Part.ENFORCEMENT;
                case VERDICT, CONTROL, BEFORE_CHANGE, SOURCE_ADDRESS -> Part.VERDICTS;
            };
            case Entry.Judged _ -> Part.VERDICTS;
            case Entry.Watched _, Entry.Sampled _, Entry.WatchTally _, Entry.WatchEnded _, Entry.Measured _, Entry.Disrupted _, Entry.Healed _, Entry.OfHeld _ ->
                Part.DISRUPTIONS;
            case Entry.Waiting _, Entry.RunStarted _, Entry.Plugins _, Entry.Planned _, Entry.ScenarioStarted _, Entry.StepFinished _, Entry.ScenarioFinished _, Entry.RunFinished _ ->
                Part.REST;
        };
    }

    /// How long it was waited for the cluster, and not for what the scenario itself asks to last.
    Duration waiting() {
        return on.entrySet().stream().filter(e -> e.getKey() != Part.DISRUPTIONS && e.getKey() != Part.REST).map(Map.Entry::getValue)
            .reduce(Duration.ZERO, Duration::plus);
    }

    /// `pods 8.5 s · enforcement 1.2 s`: what took a hundredth of all, or more.
    public String words() {
        var least = on.values().stream().reduce(Duration.ZERO, Duration::plus).dividedBy(100);
        var parts = new ArrayList<String>();
        on.forEach((part, time) -> {
            if (time.compareTo(least) >= 0) parts.add("%s %s".formatted(part.word(), Figures.duration(time)));
        });
        return String.join(" · ", parts);
    }
}

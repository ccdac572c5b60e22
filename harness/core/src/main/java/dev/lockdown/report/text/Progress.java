package dev.lockdown.report.text;

import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of a run is done, for the line that is rewritten while it goes: `1 min 2 s · 12 of 380 · 1 red · dns.feature:21  a name · verdicts`.
///
/// Used by one thread at a time.
final class Progress {
    /// More often no eye reads it.
    private static final Duration PAUSE = Duration.ofMillis(100);
    /// Fewer are asked before anybody wonders.
    private static final int MANY = 10_000;

    private final Map<String, Going> going = new LinkedHashMap<>();
    private int planned;
    private int finished;
    private int faulty;
    private @Nullable Instant began;
    private Instant shown = Instant.MIN;

    /// A scenario that runs.
    ///
    /// @param awaits what it waits for
    /// @param asked how many of many flows, or what of the cluster is waited for; or empty
    private record Going(Entry.ScenarioStarted started, String awaits, String asked) {
        Going awaiting(String what) {
            return new Going(started, what, "");
        }

        Going waiting(Entry.Waiting wait) {
            return new Going(started, awaits, wait.state() == Entry.WaitState.GOES_ON ? ", waiting for " + wait.what() : "");
        }

        Going asking(int asked, int all) {
            return new Going(started, awaits, String.format(Locale.ROOT, ", %,d of %,d flows asked", asked, all));
        }
    }

    /// A part of many probes has been asked.
    ///
    /// @return whether the line is worth being written anew
    boolean heed(String scenario, Instant at, int asked, int all) {
        if (all < MANY || !going.containsKey(scenario) || at.isBefore(shown.plus(PAUSE))) return false;
        going.computeIfPresent(scenario, (_, before) -> before.asking(asked, all));
        shown = at;
        return true;
    }

    /// @return whether the line is worth being written anew
    boolean heed(Entry entry) {
        switch (entry) {
            case Entry.RunStarted e -> began = e.at();
            case Entry.Planned e -> planned = e.scenarios().values().stream().mapToInt(Integer::intValue).sum();
            case Entry.ScenarioStarted e -> going.put(e.scenario(), new Going(e, "pods", ""));
            case Entry.ScenarioFinished e -> {
                going.remove(e.scenario());
                finished++;
                if (e.status().isFaulty()) faulty++;
            }
            case Entry.Canary e -> await(e.scenario(), "baseline");
            case Entry.Disrupted e -> await(e.scenario(), e.words());
            case Entry.Applied e -> await(e.scenario(), "verdicts");
            case Entry.Observed e -> await(e.scenario(), awaited(e.purpose()));
            case Entry.Waiting e -> going.computeIfPresent(e.scenario(), (_, before) -> before.waiting(e));
            case Entry.Plugins _, Entry.Judged _, Entry.StepFinished _, Entry.RunFinished _, Entry.Watched _, Entry.Sampled _, Entry.WatchTally _, Entry.WatchEnded _, Entry.Measured _, Entry.Healed _, Entry.OfHeld _ ->
                {}
        }
        boolean decisive =
            entry instanceof Entry.ScenarioStarted || entry instanceof Entry.Waiting || entry instanceof Entry.ScenarioFinished;
        if (going.isEmpty() || !decisive && entry.at().isBefore(shown.plus(PAUSE))) return false;
        shown = entry.at();
        return true;
    }

    private void await(String scenario, String what) {
        going.computeIfPresent(scenario, (_, before) -> before.awaiting(what));
    }

    private static String awaited(Entry.Purpose seen) {
        return switch (seen) {
            case BASELINE, BEFORE_CHANGE -> "change";
            case SENTINEL -> "enforcement";
            case VERDICT -> "verdicts";
            case CONTROL -> "controls";
            case SOURCE_ADDRESS -> "source addresses";
        };
    }

    private String elapsed() {
        if (began == null) return "";
        long seconds = Duration.between(began, shown).toSeconds();
        return (seconds < 60 ? "%s s · " : Figures.duration(Duration.ofSeconds(seconds)) + " · ").formatted(seconds);
    }

    /// One line about the scenario that runs for the longest.
    String text(FeatureNames names) {
        var oldest = going.values().iterator().next();
        var started = oldest.started;
        return "  %s%s%s%s · %s:%s  %s · %s%s".formatted(elapsed(), finished, planned == 0 ? "" : " of " + planned,
            faulty == 0 ? "" : " · %s red".formatted(faulty), names.of(started.feature()), started.line(), started.name(), oldest.awaits,
            oldest.asked);
    }
}

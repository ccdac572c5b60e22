package dev.lockdown.report;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Curve;
import dev.lockdown.chaos.Distribution;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeJudge;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.chaos.Window;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.journal.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Windows of one flow and kind that came time after time: of one cause, or the turns that a claim of several is about. Those of all
/// repetitions of a scenario are together.
///
/// @param place of the scenario, see [ScenarioRun#place]
/// @param cause in words, several one after another; empty where nothing was changed before
/// @param asked what a step claims of them, or null
/// @param line of that step, or 0
/// @param repetitions of how many runs of the scenario they are
/// @param windows at least two
public record WindowGroup(String place, WatchedFlow flow, String cause, Window.Kind kind, @Nullable TimeClaim asked, int line,
        int repetitions,
        List<Window> windows) {
    public WindowGroup {
        windows = List.copyOf(windows);
    }

    private record Key(String place, WatchedFlow flow, String cause, Window.Kind kind, @Nullable TimeClaim asked, int line) {}

    private static final class Gathered {
        private final List<Window> windows = new ArrayList<>();
        private final List<ScenarioRun> runs = new ArrayList<>();

        void add(Window window, ScenarioRun run) {
            windows.add(window);
            if (runs.isEmpty() || runs.getLast() != run) runs.add(run);
        }
    }

    /// Those of a run, in its order: of each scenario first what its steps claim.
    static List<WindowGroup> in(List<ScenarioRun> scenarios) {
        var all = new ArrayList<WindowGroup>();
        var places = scenarios.stream().collect(Collectors.groupingBy(ScenarioRun::place, LinkedHashMap::new, Collectors.toList()));
        for (var runs : places.values()) {
            var groups = new LinkedHashMap<Key, Gathered>();
            for (var run : runs) for (var step : run.steps()) for (var measured : step.measured()) turns(run, measured, groups);
            for (var run : runs) for (var watch : run.watches()) windows(run, watch, groups);
            groups.entrySet().stream().filter(e -> e.getValue().windows.size() > 1).map(WindowGroup::of).forEach(all::add);
        }
        return all;
    }

    private static WindowGroup of(Map.Entry<Key, Gathered> entry) {
        var key = entry.getKey();
        var windows = entry.getValue().windows;
        var cause = key.asked == null ? key.cause
            : windows.stream().map(Window::cause).filter(Objects::nonNull).map(Cause::words).distinct().collect(Collectors.joining("; "));
        return new WindowGroup(key.place, key.flow, cause, key.kind, key.asked, key.line, entry.getValue().runs.size(), windows);
    }

    private static void turns(ScenarioRun run, Entry.Measured measured, Map<Key, Gathered> groups) {
        var claim = measured.verdict().claim();
        if (claim.times().of() == 1) return;
        for (var turn : measured.verdict().turns()) {
            var key = new Key(run.place(), measured.flow(), "", turn.kind(), claim, measured.line());
            groups.computeIfAbsent(key, _ -> new Gathered()).add(turn, run);
        }
    }

    private static void windows(ScenarioRun run, WatchRun watch, Map<Key, Gathered> groups) {
        var flows = watch.watched().flows();
        var all = watch.windows(run.applied());
        for (int i = 0; i < flows.size(); i++)
            for (var window : all.get(i)) {
                if (window.censored() == Window.Censored.LEFT) continue;
                var cause = window.cause();
                var key = new Key(run.place(), flows.get(i), cause == null ? "" : cause.words(), window.kind(), null, 0);
                groups.computeIfAbsent(key, _ -> new Gathered()).add(window, run);
            }
    }

    /// Those that tell something that no other does: not the windows that a step claims something of once more.
    public static List<WindowGroup> shown(List<WindowGroup> groups) {
        var asked = groups.stream().filter(g -> g.asked != null).toList();
        return groups.stream()
            .filter(g -> g.asked != null || asked.stream().noneMatch(a -> a.place.equals(g.place) && a.windows.equals(g.windows))).toList();
    }

    public Distribution distribution() {
        return Distribution.of(windows);
    }

    /// Which part of them had ended after how long.
    public List<Curve.Point> curve() {
        return Curve.of(windows);
    }

    /// What so many prove of all: of the time that was asked for, or else of the longest that ended. Null where none ended.
    public Distribution.@Nullable Proven proven() {
        var claim = asked;
        if (claim == null) return distribution().proven();
        int inTime = (int) windows.stream().filter(w -> TimeJudge.within(claim, w).ruling() == Ruling.HOLDS).count();
        return new Distribution.Proven(claim.bound(), inTime, windows.size(), Distribution.atLeast(inTime, windows.size()));
    }

    /// By how much a length may be too long, at most.
    public long errorMicros() {
        return windows.stream().mapToLong(w -> w.mostMicros() - w.leastMicros()).max().orElse(0);
    }
}

package dev.lockdown.comparison;

import dev.lockdown.chaos.Window;
import dev.lockdown.history.FateDigest;
import dev.lockdown.history.FlowKey;
import dev.lockdown.history.FlowResult;
import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.history.StepDigest;
import dev.lockdown.history.WindowDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares two runs. Used once.
public final class Comparer {
    private final RunDigest before;
    private final RunDigest after;
    private final List<Change> scenarios = new ArrayList<>();
    private final List<Change> flows = new ArrayList<>();
    private final List<Change> manners = new ArrayList<>();
    private final List<Change> fates = new ArrayList<>();
    private final List<TimedThing> times = new ArrayList<>();
    private long verdicts;

    private Comparer(RunDigest before, RunDigest after) {
        this.before = before;
        this.after = after;
    }

    public static Comparison compare(RunDigest before, RunDigest after) {
        return new Comparer(before, after).comparison();
    }

    /// @param scenario null where it is about the whole run
    private record TimedThing(ScenarioDigest.@Nullable Key scenario, String place, String what, RankTest.Pair pair) {}

    private Comparison comparison() {
        var first = byKey(before);
        var second = byKey(after);
        int both = 0;
        for (var scenario : after.scenarios()) {
            var former = first.get(scenario.key());
            if (former == null) continue;
            both++;
            compare(former, scenario);
        }
        enforcement();
        var changes = new ArrayList<>(scenarios);
        for (var kind : List.of(flows, manners, fates, traits(), timeChanges())) changes.addAll(kind);
        return new Comparison(before.info(), after.info(), changes, missing(first, second), missing(second, first),
            new Comparison.Compared(both, verdicts, (int) times.stream().filter(t -> t.pair.isEnough()).count(), commonTraits()));
    }

    private static Map<ScenarioDigest.Key, ScenarioDigest> byKey(RunDigest run) {
        return run.scenarios().stream()
            .collect(Collectors.toMap(ScenarioDigest::key, Function.identity(), (a, _) -> a, LinkedHashMap::new));
    }

    private static List<ScenarioDigest.Key> missing(Map<ScenarioDigest.Key, ?> from, Map<ScenarioDigest.Key, ?> in) {
        return from.keySet().stream().filter(key -> !in.containsKey(key)).toList();
    }

    private void compare(ScenarioDigest former, ScenarioDigest scenario) {
        var ended = Ended.of(former);
        var ends = Ended.of(scenario);
        if (ended != ends)
            scenarios.add(new Change.OfScenario(scenario.key(), scenario.place(), ended, ends,
                ends.isFaulty() || ends == Ended.SKIPPED ? scenario.problem() : former.problem()));
        // What was skipped has no verdicts.
        if (ended == Ended.SKIPPED || ends == Ended.SKIPPED) return;
        var steps = byText(former);
        byText(scenario).forEach((key, step) -> {
            var then = steps.get(key);
            if (then != null) compare(scenario, then, step);
        });
        fates(former, scenario);
        windows(former, scenario);
    }

    /// Steps are found again by their text, and which of the same text it is.
    private record StepKey(String text, int occurrence) {}

    private static Map<StepKey, StepDigest> byText(ScenarioDigest scenario) {
        var counts = new HashMap<String, Integer>();
        var steps = new LinkedHashMap<StepKey, StepDigest>();
        for (var step : scenario.steps()) steps.put(new StepKey(step.text(), counts.merge(step.text(), 1, Integer::sum)), step);
        return steps;
    }

    private void compare(ScenarioDigest scenario, StepDigest then, StepDigest now) {
        var former = then.verdicts().stream().collect(Collectors.toMap(FlowVerdict::flow, Function.identity()));
        var blocked = new TreeMap<String, List<FlowResult[]>>();
        var place = scenario.feature() + ":" + now.line();
        for (var verdict : now.verdicts()) {
            var was = former.get(verdict.flow());
            if (was == null) continue;
            verdicts++;
            if (was.seen().isOtherVerdict(verdict.seen()))
                flows.add(new Change.OfFlow(scenario.key(), place, now.text(), verdict.flow(), was, verdict));
            else
                if (was.seen().isBlocked())
                    blocked.computeIfAbsent(protocol(verdict.flow()), _ -> new ArrayList<>())
                        .add(new FlowResult[] {was.seen(), verdict.seen()});
        }
        blocked.forEach((how, pairs) -> manner(scenario, place, how, pairs));
    }

    /// Without the port: a rejection belongs to a protocol.
    private static String protocol(FlowKey flow) {
        int slash = flow.how().indexOf('/');
        return slash < 0 ? flow.how() : flow.how().substring(0, slash);
    }

    /// Kernels limit their rejects, so one that is seen tells of all.
    private void manner(ScenarioDigest scenario, String place, String how, List<FlowResult[]> pairs) {
        boolean was = pairs.stream().anyMatch(p -> p[0] == FlowResult.REJECTED);
        boolean is = pairs.stream().anyMatch(p -> p[1] == FlowResult.REJECTED);
        if (was != is) manners.add(new Change.OfManner(scenario.key(), place, how, is, pairs.size()));
    }

    private void fates(ScenarioDigest former, ScenarioDigest scenario) {
        var then = former.fates();
        var now = scenario.fates();
        for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
            FateDigest was = then.get(i);
            FateDigest is = now.get(i);
            if (was.flow().equals(is.flow()) && !was.fate().equals(is.fate()))
                fates.add(new Change.OfFate(scenario.key(), scenario.feature() + ":" + is.line(), is.flow(), was.fate(), is.fate()));
        }
    }

    private void windows(ScenarioDigest former, ScenarioDigest scenario) {
        record Key(String flow, Window.Kind kind, String cause) {}
        var then = former.windows().stream().collect(Collectors.toMap(w -> new Key(w.flow(), w.kind(), w.cause()), WindowDigest::micros));
        for (var window : scenario.windows()) {
            var was = then.get(new Key(window.flow(), window.kind(), window.cause()));
            if (was == null) continue;
            var what = "%s of %s%s".formatted(window.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), window.flow(),
                window.cause().isEmpty() ? "" : " after " + window.cause());
            times.add(new TimedThing(scenario.key(), scenario.place(), what, new RankTest.Pair(was, window.micros())));
        }
    }

    private void enforcement() {
        times.add(
            new TimedThing(null, "", "until a change is enforced on every node", new RankTest.Pair(enforced(before), enforced(after))));
    }

    private static List<Long> enforced(RunDigest run) {
        return run.scenarios().stream().flatMap(s -> s.enforced().stream()).map(Duration::toNanos).map(n -> n / 1000).toList();
    }

    private List<Change> timeChanges() {
        var p = RankTest.changed(times.stream().map(TimedThing::pair).toList());
        var changes = new ArrayList<Change>();
        for (int i = 0; i < times.size(); i++) {
            var timed = times.get(i);
            var pair = timed.pair;
            if (p.get(i) < 1)
                changes.add(
                    new Change.OfTime(timed.scenario, timed.place, timed.what, new Change.Times(pair.before().size(), pair.medianBefore()),
                        new Change.Times(pair.after().size(), pair.medianAfter()), p.get(i)));
        }
        return changes;
    }

    private int commonTraits() {
        return (int) before.info().traits().keySet().stream().filter(after.info().traits()::containsKey).count();
    }

    /// Of fingerprints that were taken in both runs.
    private List<Change> traits() {
        var then = before.info().traits();
        var now = after.info().traits();
        if (then.isEmpty() || now.isEmpty()) return List.of();
        var ids = new TreeSet<>(then.keySet());
        ids.addAll(now.keySet());
        return ids.stream().filter(id -> !Objects.equals(then.get(id), now.get(id)))
            .<Change>map(id -> new Change.OfTrait(id, then.get(id), now.get(id))).toList();
    }
}

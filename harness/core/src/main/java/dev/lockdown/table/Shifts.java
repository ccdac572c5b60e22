package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Reading;
import dev.lockdown.policy.Settled;
import dev.lockdown.policy.Side;
import dev.lockdown.table.Shift.Kind;
import dev.lockdown.table.Shift.Reason;
import dev.lockdown.table.Survey.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Compares what two states demand: which flows one opens that the other did not allow, and which it shuts.
///
/// A flow is compared with itself; one of a pod that was not there with those of the pod's workload, since names of pods change between two
/// dumps. What is between allowed and denied (split, unspecified) counts as half open.
public final class Shifts {
    private final Survey before;
    private final Survey after;
    private final Workloads workloads;
    private final PolicyLines linesBefore;
    private final PolicyLines linesAfter;
    private final Map<Object, Set<Endpoint>> replicas = new HashMap<>();

    private Shifts(Survey before, Survey after, Workloads workloads, PolicyLines linesBefore, PolicyLines linesAfter) {
        this.before = before;
        this.after = after;
        this.workloads = workloads;
        this.linesBefore = linesBefore;
        this.linesAfter = linesAfter;
    }

    /// Give what changed, opened flows first.
    public static List<Shift> between(Survey before, Survey after, Workloads workloads, PolicyLines linesBefore, PolicyLines linesAfter) {
        return new Shifts(before, after, workloads, linesBefore, linesAfter).all();
    }

    private record Ends(Object from, Object to, Slice slice) {}

    private record Change(Kind kind, Ends ends, String was, String is) {}

    private record Pair(Optional<Line> was, Line is) {}

    private List<Shift> all() {
        var former = new HashMap<Flow, Line>();
        var likes = new HashMap<Ends, Map<String, Line>>();
        for (var line : before.lines()) {
            former.put(line.flow(), line);
            likes.computeIfAbsent(ends(line), _ -> new LinkedHashMap<>()).putIfAbsent(SurveyWords.expected(line.expectation()), line);
        }
        var changes = new LinkedHashMap<Change, List<Pair>>();
        for (var line : after.lines()) {
            replicas.computeIfAbsent(whole(line.flow().source()), _ -> new LinkedHashSet<>()).add(line.flow().source());
            replicas.computeIfAbsent(whole(line.flow().destination()), _ -> new LinkedHashSet<>()).add(line.flow().destination());
            var like = likes.getOrDefault(ends(line), Map.of());
            var was = Optional.ofNullable(former.get(line.flow()))
                .or(() -> like.size() == 1 ? like.values().stream().findFirst() : Optional.empty());
            change(was, line).ifPresent(c -> changes.computeIfAbsent(c, _ -> new ArrayList<>()).add(new Pair(was, line)));
        }
        return changes.entrySet().stream().map(e -> shift(e.getKey(), e.getValue()))
            .sorted(Comparator.comparing(Shift::kind).thenComparing(Shift::from, NaturalOrder.INSTANCE)
                .thenComparing(Shift::to, NaturalOrder.INSTANCE).thenComparing(s -> s.flows().getFirst().port()))
            .toList();
    }

    private Optional<Change> change(Optional<Line> was, Line is) {
        int now = openness(is.expectation());
        int then = was.map(l -> openness(l.expectation())).orElse(0);
        var word = was.map(l -> SurveyWords.expected(l.expectation())).orElse("");
        if (now == then || was.isEmpty() && now < 2) return Optional.empty();
        var kind = was.isEmpty() ? Kind.NEW : now > then ? Kind.OPENED : Kind.SHUT;
        return Optional.of(new Change(kind, ends(is), word, SurveyWords.expected(is.expectation())));
    }

    private static int openness(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Allowed _ -> 2;
            case Expectation.Split _, Expectation.Unspecified _ -> 1;
            case Expectation.Denied _ -> 0;
        };
    }

    private Ends ends(Line line) {
        return new Ends(whole(line.flow().source()), whole(line.flow().destination()), Slice.of(line));
    }

    private Object whole(Endpoint end) {
        return end instanceof Endpoint.Pod(var pod) ? workloads.of(pod).<Object>map(w -> w).orElse(end) : end;
    }

    private Shift shift(Change change, List<Pair> pairs) {
        var flows = pairs.stream().map(p -> p.is.flow()).toList();
        // A pod's way to itself has reasons of its own.
        var first =
            pairs.stream().filter(p -> !p.is.flow().source().equals(p.is.flow().destination())).findFirst().orElse(pairs.getFirst());
        return new Shift(change.kind, label(change.ends.from, flows.stream().map(Flow::source)),
            label(change.ends.to, flows.stream().map(Flow::destination)), change.was, change.is, flows, reasons(change.kind, first));
    }

    private String label(Object whole, Stream<Endpoint> some) {
        var members = some.distinct().sorted(Comparator.comparing(Endpoint::toString, NaturalOrder.INSTANCE)).toList();
        int all = replicas.getOrDefault(whole, Set.of()).size();
        if (members.size() == all) return all > 1 ? "%s ×%s".formatted(whole, all) : whole.toString();
        return members.size() == 1 ? members.getFirst().toString() : "%s (%s of %s)".formatted(whole, members.size(), all);
    }

    private List<Reason> reasons(Kind kind, Pair pair) {
        var now = sides(after, pair.is.flow());
        var then = pair.was.map(l -> sides(before, l.flow())).orElse(List.of());
        var reasons = new LinkedHashSet<Reason>();
        for (var side : now) {
            var was = then.stream().filter(s -> s.direction() == side.direction()).findFirst();
            if (was.isPresent() && was.get().ruling().equals(side.ruling())) continue;
            if (kind == Kind.SHUT) {
                refused(side, reasons);
                was.ifPresent(s -> s.admissions().forEach(a -> reasons.add(gone(a))));
            } else opened(side, reasons);
        }
        return List.copyOf(reasons);
    }

    private static List<Side> sides(Survey survey, Flow flow) {
        return survey.oracle().explain(flow).resolvedFlows().stream().flatMap(r -> r.sides().stream()).toList();
    }

    private void opened(Side side, Set<Reason> reasons) {
        for (var reading : side.readings())
            if (!(reading instanceof Reading.Misses)) {
                var path = reading.path().toString();
                reasons.add(new Reason("by %s %s".formatted(reading.policy(), path), reading.policy(), path,
                    linesAfter.of(reading.policy(), path)));
            }
        if (side.ruling() == Settled.NOT_ISOLATED)
            reasons.add(new Reason("no policy isolates %s (%s)".formatted(side.subject(), side.direction()), null, "", null));
    }

    private void refused(Side side, Set<Reason> reasons) {
        if (side.ruling() != Settled.REFUSED) return;
        for (var policy : side.isolating())
            reasons.add(new Reason("%s isolates %s (%s)".formatted(policy, side.subject(), side.direction()), policy, "",
                linesAfter.of(policy, "podSelector")));
    }

    private Reason gone(Reading.Admits admission) {
        var path = admission.path().toString();
        return new Reason("%s %s allowed it before".formatted(admission.policy(), path), admission.policy(), path,
            linesBefore.of(admission.policy(), path));
    }
}

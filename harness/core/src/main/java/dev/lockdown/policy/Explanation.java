package dev.lockdown.policy;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Why a flow is expected to be open or blocked: everything that the policies say of both its sides.
///
/// @param resolvedFlows one for each place where the flow may arrive; several where the destination is a Service, none where that has no
///     endpoints
public record Explanation(Flow flow, Expectation expectation, List<ResolvedFlow> resolvedFlows) {
    public Explanation {
        resolvedFlows = List.copyOf(resolvedFlows);
    }

    /// Put an explanation together from where the flow may arrive, which say all that its expectation needs.
    public static Explanation of(Flow flow, List<ResolvedFlow> resolvedFlows) {
        var demands = EnumSet.noneOf(Demand.class);
        var question = OpenQuestion.NO_ENDPOINTS;
        for (var resolved : resolvedFlows)
            if (demands.add(resolved.demand()) && resolved.demand() == Demand.UNSPECIFIED)
                question = Demand.question(resolved.egress().ruling(), resolved.ingress().ruling());
        var demand = Demand.ofAny(demands);
        return new Explanation(flow, demand.expectation(question, new LazyLines(f -> Because.of(f, demand, resolvedFlows), flow)),
            resolvedFlows);
    }

    /// The same with only those readings that the expectation's reasons and the deciding policies need, to be kept for long.
    public Explanation brief() {
        return of(flow,
            resolvedFlows.stream().map(l -> new ResolvedFlow(l.destination(), l.port(), l.egress().brief(), l.ingress().brief())).toList());
    }

    /// The policies that decide, by name: those that refuse, else those that leave it open, else those that admit.
    public List<NamespacedName> deciding() {
        return resolvedFlows.stream().flatMap(l -> l.decisive().stream()).flatMap(s -> s.deciding().stream()).distinct().sorted().toList();
    }

    /// The whole chain, for people; sub-points are indented by two spaces.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%s is %s".formatted(flow, word()));
        for (var resolvedFlow : resolvedFlows) {
            if (resolvedFlows.size() > 1 || !resolvedFlow.destination().equals(flow.destination().toString()))
                lines.add(
                    "arriving at %s on %s: %s".formatted(resolvedFlow.destination(), resolvedFlow.port(), DecisionLine.of(resolvedFlow)));
            else
                lines.add(DecisionLine.of(resolvedFlow));
            resolvedFlow.sides().forEach(s -> lines.addAll(SideText.lines(s)));
        }
        if (expectation instanceof Expectation.Unspecified(var reference, _)) lines.add("see " + reference);
        return lines;
    }

    private String word() {
        return switch (expectation) {
            case Expectation.Allowed _ -> "allowed";
            case Expectation.Denied _ -> "denied";
            case Expectation.Split _ -> "allowed to some backends and denied to others";
            case Expectation.Unspecified _ -> "unspecified";
        };
    }
}

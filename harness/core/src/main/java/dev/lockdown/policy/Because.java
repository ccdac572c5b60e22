package dev.lockdown.policy;

import dev.lockdown.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The reasons of an expectation: a short line first, then what matters most of the rest.
final class Because {
    static final int MISSES_SHOWN = 3;
    private static final int FLOWS_SHOWN = 5;

    private Because() {}

    static List<String> of(Flow flow, Demand demand, List<ResolvedFlow> resolvedFlows) {
        if (resolvedFlows.isEmpty())
            return List.of("unspecified: %s: %s".formatted(OpenQuestion.NO_ENDPOINTS.sentence(), flow.destination()));
        var lines = new ArrayList<String>();
        if (resolvedFlows.size() == 1) {
            lines.add(DecisionLine.of(resolvedFlows.getFirst()));
            if (!resolvedFlows.getFirst().destination().equals(flow.destination().toString()))
                lines.add("arriving at " + arrival(resolvedFlows.getFirst()));
            lines.addAll(rest(resolvedFlows.getFirst()));
            return lines;
        }
        lines.add(summary(flow, demand, resolvedFlows));
        resolvedFlows.stream().limit(FLOWS_SHOWN).forEach(l -> lines.add(arrival(l) + ": " + DecisionLine.of(l)));
        if (resolvedFlows.size() > FLOWS_SHOWN) lines.add("and %s more backends".formatted(resolvedFlows.size() - FLOWS_SHOWN));
        return lines;
    }

    private static String summary(Flow flow, Demand demand, List<ResolvedFlow> resolvedFlows) {
        var headlines = resolvedFlows.stream().map(DecisionLine::of).distinct().toList();
        if (headlines.size() == 1) return headlines.getFirst();
        var backends = "%s backends of %s".formatted(resolvedFlows.size(), flow.destination());
        return switch (demand) {
            case ALLOWED -> "allowed to all " + backends;
            case DENIED -> "denied to all " + backends;
            case SPLIT -> "split: allowed to %s of %s".formatted(count(resolvedFlows, Demand.ALLOWED), backends);
            case UNSPECIFIED ->
                "unspecified for %s of %s: %s".formatted(count(resolvedFlows, Demand.UNSPECIFIED), backends,
                    question(resolvedFlows).sentence());
        };
    }

    private static OpenQuestion question(List<ResolvedFlow> resolvedFlows) {
        var open = resolvedFlows.stream().filter(l -> l.demand() == Demand.UNSPECIFIED).findFirst().orElseThrow();
        return Demand.question(open.egress().ruling(), open.ingress().ruling());
    }

    private static long count(List<ResolvedFlow> resolvedFlows, Demand demand) {
        return resolvedFlows.stream().filter(l -> l.demand() == demand).count();
    }

    private static String arrival(ResolvedFlow resolvedFlow) {
        return resolvedFlow.destination() + " on " + resolvedFlow.port();
    }

    private static List<String> rest(ResolvedFlow resolvedFlow) {
        return switch (resolvedFlow.demand()) {
            case DENIED ->
                resolvedFlow.decisive().stream().flatMap(s -> s.misses().stream()).limit(MISSES_SHOWN).map(Reading::toString).toList();
            case UNSPECIFIED ->
                resolvedFlow.decisive().stream().flatMap(s -> s.readings().stream()).filter(Reading.Unsettled.class::isInstance)
                    .limit(MISSES_SHOWN).map(Reading::toString).toList();
            case ALLOWED -> resolvedFlow.decisive().isEmpty() ? List.of() : unisolated(resolvedFlow).toList();
            case SPLIT -> List.of();
        };
    }

    private static Stream<String> unisolated(ResolvedFlow resolvedFlow) {
        boolean free = resolvedFlow.sides().stream().anyMatch(s -> s.ruling() == Settled.NOT_ISOLATED);
        return free ? Stream.of(DecisionLine.unisolated(resolvedFlow)) : Stream.empty();
    }
}

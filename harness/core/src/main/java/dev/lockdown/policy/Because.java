package dev.lockdown.policy;

import dev.lockdown.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The reasons of an expectation: a short line first, then what matters most of the rest.
final class Because {
    static final int MISSES_SHOWN = 3;
    private static final int LEGS_SHOWN = 5;

    private Because() {}

    static List<String> of(Flow flow, Demand demand, List<Leg> legs) {
        if (legs.isEmpty()) return List.of("unspecified: %s: %s".formatted(OpenQuestion.NO_ENDPOINTS.sentence(), flow.destination()));
        var lines = new ArrayList<String>();
        if (legs.size() == 1) {
            lines.add(Headline.of(legs.getFirst()));
            if (!legs.getFirst().destination().equals(flow.destination().toString())) lines.add("arriving at " + arrival(legs.getFirst()));
            lines.addAll(rest(legs.getFirst()));
            return lines;
        }
        lines.add(summary(flow, demand, legs));
        legs.stream().limit(LEGS_SHOWN).forEach(l -> lines.add("%s: %s".formatted(arrival(l), Headline.of(l))));
        if (legs.size() > LEGS_SHOWN) lines.add("and %d more backends".formatted(legs.size() - LEGS_SHOWN));
        return lines;
    }

    private static String summary(Flow flow, Demand demand, List<Leg> legs) {
        var headlines = legs.stream().map(Headline::of).distinct().toList();
        if (headlines.size() == 1) return headlines.getFirst();
        var backends = "%d backends of %s".formatted(legs.size(), flow.destination());
        return switch (demand) {
            case ALLOWED -> "allowed to all " + backends;
            case DENIED -> "denied to all " + backends;
            case SPLIT -> "split: allowed to %d of %s".formatted(count(legs, Demand.ALLOWED), backends);
            case UNSPECIFIED ->
                "unspecified for %d of %s: %s".formatted(count(legs, Demand.UNSPECIFIED), backends, question(legs).sentence());
        };
    }

    private static OpenQuestion question(List<Leg> legs) {
        var open = legs.stream().filter(l -> l.demand() == Demand.UNSPECIFIED).findFirst().orElseThrow();
        return Demand.question(open.egress().ruling(), open.ingress().ruling());
    }

    private static long count(List<Leg> legs, Demand demand) {
        return legs.stream().filter(l -> l.demand() == demand).count();
    }

    private static String arrival(Leg leg) {
        return "%s on %s".formatted(leg.destination(), leg.port());
    }

    private static List<String> rest(Leg leg) {
        return switch (leg.demand()) {
            case DENIED -> leg.decisive().stream().flatMap(s -> s.misses().stream()).limit(MISSES_SHOWN).map(Reading::toString).toList();
            case UNSPECIFIED -> leg.decisive().stream().flatMap(s -> s.readings().stream()).filter(Reading.Unsettled.class::isInstance)
                .limit(MISSES_SHOWN).map(Reading::toString).toList();
            case ALLOWED -> leg.decisive().isEmpty() ? List.of() : unisolated(leg).toList();
            case SPLIT -> List.of();
        };
    }

    private static Stream<String> unisolated(Leg leg) {
        boolean free = leg.sides().stream().anyMatch(s -> s.ruling() == Settled.NOT_ISOLATED);
        return free ? Stream.of(Headline.unisolated(leg)) : Stream.empty();
    }
}

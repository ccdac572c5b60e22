package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.List;

/// Works out the whole chain of reasons of one flow, reading rule after rule.
final class Explainer {
    private final Census census;
    private final Routes routes;
    private final RuleReader reader;
    private final Sides sides;

    Explainer(Census census, Routes routes) {
        this.census = census;
        this.routes = routes;
        this.reader = new RuleReader(census);
        this.sides = new Sides(reader);
    }

    List<String> because(Flow flow) {
        return explain(flow).expectation().because();
    }

    Explanation explain(Flow flow) {
        var source = routes.source(flow);
        var legs = routes.targets(flow).stream().map(t -> leg(source, t, flow.family())).toList();
        return Explanation.of(flow, legs);
    }

    private Leg leg(Party source, Target target, Family family) {
        return new Leg(target.party().label(), target.port(), egress(source, target, family), ingress(source, target, family));
    }

    private Side egress(Party source, Target target, Family family) {
        var ruling = sides.egress(source, target, family);
        if (!(source instanceof Party.Member subject)) return notAPod(Direction.EGRESS, source);
        var readings = new ArrayList<Reading>();
        if (ruling == OpenQuestion.BEFORE_OR_AFTER_DNAT) readings.addAll(beforeDnat(subject, target, family));
        readings.addAll(reader.read(subject, Direction.EGRESS, target.party(), target.port(), family));
        return side(Direction.EGRESS, subject, ruling, readings);
    }

    private Side ingress(Party source, Target target, Family family) {
        var ruling = sides.ingress(source, target, family);
        if (!(target.party() instanceof Party.Member subject)) return notAPod(Direction.INGRESS, target.party());
        return side(Direction.INGRESS, subject, ruling, reader.read(subject, Direction.INGRESS, source, target.port(), family));
    }

    private List<Reading> beforeDnat(Party.Member subject, Target target, Family family) {
        var front = target.front();
        if (front == null) return List.of();
        return reader.read(subject, Direction.EGRESS, front.address(), front.port(), family).stream()
            .filter(r -> !(r instanceof Reading.Misses))
            .<Reading>map(r -> new Reading.Unsettled(r.policy(), r.path(), OpenQuestion.BEFORE_OR_AFTER_DNAT)).toList();
    }

    private Side side(Direction direction, Party.Member subject, Ruling ruling, List<Reading> readings) {
        var isolating = census.isolation(subject, direction).names();
        return new Side(direction, subject.label(), ruling, isolating, readings, almostIsolating(subject, direction));
    }

    private static Side notAPod(Direction direction, Party end) {
        return new Side(direction, end.label(), Settled.NOT_A_POD, List.of(), List.of(), List.of());
    }

    /// A selector of one requirement that misses is merely another pod's; of several, with one missing, it is likely a slip.
    private List<String> almostIsolating(Party.Member subject, Direction direction) {
        var almost = new ArrayList<String>();
        for (var policy : census.policiesOf(subject.namespace())) {
            var selector = policy.podSelector();
            if (!policy.types().contains(direction) || selector.matchLabels().size() + selector.matchExpressions().size() < 2) continue;
            var labels = subject.pod().labels();
            if (Selectors.countUnmet(selector, labels) != 1) continue;
            almost.add("%s does not select %s: %s".formatted(policy.name(), subject.label(), Selectors.unmet(selector, labels).getFirst()));
        }
        return almost;
    }
}

package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.List;

/// Works out the whole chain of reasons of one flow, reading rule after rule.
final class Explainer {
    private final PodIndex podIndex;
    private final Routes routes;
    private final RuleReader reader;
    private final Sides sides;

    Explainer(PodIndex podIndex, Routes routes) {
        this.podIndex = podIndex;
        this.routes = routes;
        this.reader = new RuleReader(podIndex);
        this.sides = new Sides(reader);
    }

    List<String> because(Flow flow) {
        return explain(flow).expectation().because();
    }

    Explanation explain(Flow flow) {
        var source = routes.source(flow);
        var targets = routes.targets(flow);
        var resolvedFlows = targets.stream().map(t -> resolvedFlow(source, t, flow.family())).toList();
        return Explanation.of(flow, Target.areByOneNode(targets) ? chosen(resolvedFlows) : resolvedFlows);
    }

    /// Where the choice of a node decides, what is allowed by one and denied by another is open.
    private static List<ResolvedFlow> chosen(List<ResolvedFlow> flows) {
        if (flows.stream().noneMatch(f -> f.demand() == Demand.DENIED)) return flows;
        return flows.stream().map(f -> f.demand() == Demand.ALLOWED ? f.leftOpen(OpenQuestion.CHOICE_OF_NODE) : f).toList();
    }

    private ResolvedFlow resolvedFlow(FlowEnd source, Target target, Family family) {
        return new ResolvedFlow(target.flowEnd().label(), target.port(), egress(source, target, family), ingress(source, target, family));
    }

    private Side egress(FlowEnd source, Target target, Family family) {
        var ruling = sides.egress(source, target, family);
        if (!(source instanceof FlowEnd.Member subject)) return notAPod(Direction.EGRESS, source);
        var readings = new ArrayList<Reading>();
        if (ruling == OpenQuestion.BEFORE_OR_AFTER_DNAT) readings.addAll(beforeDnat(subject, target, family));
        readings.addAll(reader.read(subject, Direction.EGRESS, target.flowEnd(), target.port(), family));
        return side(Direction.EGRESS, subject, ruling, readings);
    }

    private Side ingress(FlowEnd source, Target target, Family family) {
        var ruling = sides.ingress(source, target, family);
        if (!(target.flowEnd() instanceof FlowEnd.Member subject))
            return new Side(Direction.INGRESS, target.flowEnd().label(), ruling, List.of(), List.of(), List.of());
        return side(Direction.INGRESS, subject, ruling, reader.read(subject, Direction.INGRESS, source, target.port(), family));
    }

    private List<Reading> beforeDnat(FlowEnd.Member subject, Target target, Family family) {
        var front = target.front();
        if (front == null) return List.of();
        return reader.read(subject, Direction.EGRESS, front.address(), front.port(), family).stream()
            .filter(r -> !(r instanceof Reading.Misses))
            .<Reading>map(r -> new Reading.Unsettled(r.policy(), r.path(), OpenQuestion.BEFORE_OR_AFTER_DNAT)).toList();
    }

    private Side side(Direction direction, FlowEnd.Member subject, Ruling ruling, List<Reading> readings) {
        var isolating = podIndex.isolation(subject, direction).names();
        return new Side(direction, subject.label(), ruling, isolating, readings, almostIsolating(subject, direction));
    }

    private static Side notAPod(Direction direction, FlowEnd end) {
        return new Side(direction, end.label(), Settled.NOT_A_POD, List.of(), List.of(), List.of());
    }

    /// A selector of one requirement that misses is merely another pod's; of several, with one missing, it is likely a slip.
    private List<String> almostIsolating(FlowEnd.Member subject, Direction direction) {
        var almost = new ArrayList<String>();
        for (var policy : podIndex.policiesOf(subject.namespace())) {
            var selector = policy.podSelector();
            if (!policy.types().contains(direction) || selector.matchLabels().size() + selector.matchExpressions().size() < 2) continue;
            var labels = subject.pod().labels();
            if (Selectors.countUnmet(selector, labels) != 1) continue;
            almost.add("%s does not select %s: %s".formatted(policy.name(), subject.label(), Selectors.unmet(selector, labels).getFirst()));
        }
        return almost;
    }
}

package dev.lockdown.verdict;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.OpenQuestion;
import dev.lockdown.policy.Reading;
import dev.lockdown.policy.ResolvedFlow;
import dev.lockdown.policy.RulePath;
import dev.lockdown.policy.Ruling;
import dev.lockdown.policy.Settled;
import dev.lockdown.policy.Side;
import dev.lockdown.state.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Makes cells that differ, each for a reason of its own.
final class Differing {
    static final Probe PROBE = Cells.probe("shop/web to shop/api on TCP/80");
    static final Question QUESTION = Question.of(PROBE, Wanted.BLOCKED, 1);
    private static final Question OPEN = Question.of(PROBE, Wanted.OPEN, 1);
    private static final NamespacedName ALLOW = NamespacedName.parse("shop/allow");

    private Differing() {}

    /// A cell that is to be blocked and that the policies deny.
    static Cell seen(String seen) {
        return Cells.of(QUESTION, seen);
    }

    static Cell by(Cause cause) {
        return switch (cause) {
            case SOME_WAYS_ONLY -> Cells.of(OPEN, "mixed");
            case STEP_AGAINST_ALLOWANCE -> Cells.of(QUESTION, "open", Cells.allowed(PROBE));
            case STEP_AGAINST_DENIAL -> Cells.of(OPEN, "blocked", Cells.denied(PROBE));
            case SOURCE_REWRITTEN -> translated();
            case NOT_ENFORCED -> Cells.of(QUESTION, "open");
            case STALE_RULES -> Cells.of(OPEN, "blocked");
            case LEFT_OPEN -> Cells.of(OPEN, "blocked", unspecified(PROBE));
            case SOME_BACKENDS_ALLOWED -> Cells.of(OPEN, "blocked", split(PROBE));
        };
    }

    static Cell translated() {
        var seen = List.of(seenFrom("172.18.0.2"));
        return new Cell(QUESTION, seen, new Control.NotNeeded(), new Verdict.Open(), Cells.denied(PROBE), false, "10.42.0.5");
    }

    static Observation seenFrom(String address) {
        return new Observation(PROBE, new Outcome.Connected(Duration.ofMillis(1), "shop/api", address), Instant.EPOCH, List.of());
    }

    static Cell withoutReasons() {
        var cell = seen("open");
        return new Cell(cell.question(), cell.observations(), cell.control(), cell.verdict(), null, false, null);
    }

    /// A host that answers, and what became of its name.
    static Cell withName(Outcome ofName) {
        var web = Endpoint.parse("shop/web");
        var probe = Probe.Reach.of(Flow.of(web, Endpoint.parse("host:partner.example"), Port.parse("TCP/443")));
        var name = new Probe.Resolve(web, "partner.example", Probe.Transport.EITHER, Family.IPV4);
        var answer = new Outcome.Connected(Duration.ofNanos(213_000), "partner.example", "10.42.0.5");
        var seen = List.of(new Observation(probe, answer, Instant.EPOCH, List.of()),
            new Observation(name, ofName, Instant.EPOCH, List.of()));
        var question = Question.of(probe, Wanted.OPEN, 1).byName();
        var control = new Control.NotNeeded();
        return new Cell(question, seen, control, Judge.judge(question, seen, control), Cells.allowed(probe), false, null);
    }

    /// Left open, because a pod that reaches itself through a Service may count as several things.
    static Explanation unspecified(Probe probe) {
        var flow = ((Probe.Reach) probe).flow();
        return Explanation.of(flow, List.of(to("shop/api", flow, OpenQuestion.HAIRPIN, List.of())));
    }

    /// Allowed to one backend and denied to another.
    static Explanation split(Probe probe) {
        var flow = ((Probe.Reach) probe).flow();
        return Explanation.of(flow, List.of(to("shop/api-1", flow, Settled.REFUSED, List.of()),
            to("shop/api-2", flow, Settled.ADMITTED, List.of(new Reading.Admits(ALLOW, new RulePath(Direction.INGRESS, 0, 0))))));
    }

    /// Denied by all of them.
    static Explanation deniedBy(Probe probe, String... policies) {
        var flow = ((Probe.Reach) probe).flow();
        var names = Stream.of(policies).map(NamespacedName::parse).toList();
        return Explanation.of(flow, List.of(new ResolvedFlow("shop/api", flow.port(), notIsolated(),
            new Side(Direction.INGRESS, "shop/api", Settled.REFUSED, names, List.of(), List.of()))));
    }

    private static ResolvedFlow to(String pod, Flow flow, Ruling ingress, List<Reading> readings) {
        return new ResolvedFlow(pod, flow.port(), notIsolated(),
            new Side(Direction.INGRESS, pod, ingress, List.of(ALLOW), readings, List.of()));
    }

    private static Side notIsolated() {
        return new Side(Direction.EGRESS, "shop/web", Settled.NOT_ISOLATED, List.of(), List.of(), List.of());
    }
}

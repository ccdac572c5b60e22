package dev.lockdown.fuzz;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;

/// One flow of one state: what the policies demand, and what was seen.
record Cell(Probe probe, Expectation expectation, Observation observation) {
    /// A port that no policy here speaks of by number, like those that a datagram gets that answers nothing.
    private static final Port FRESH = new Port(Protocol.UDP, 60_999);

    enum Fit {
        AGREES, WRONG,
        /// Nothing came through and no rule says that it dropped it: the probe itself may have been too slow.
        SILENT,
        /// The API does not say what should happen, or it depends on the backend that a dial gets.
        LEFT_OPEN
    }

    static Cell of(Observation observation, Oracle oracle) {
        return new Cell(observation.probe(), oracle.expect(flow(observation.probe())), observation);
    }

    /// What a probe means to the policies.
    static Flow flow(Probe probe) {
        return switch (probe) {
            case Probe.Reach(var flow, _) -> flow;
            case Probe.Unasked(var flow) -> new Flow(flow.source(), flow.destination(), FRESH, flow.family());
            case Probe.Resolve _, Probe.Ping _ -> throw new IllegalArgumentException(probe + " is no flow");
        };
    }

    Fit fit() {
        return switch (expectation) {
            case Expectation.Unspecified _, Expectation.Split _ -> Fit.LEFT_OPEN;
            case Expectation.Allowed _ -> connected() ? Fit.AGREES : named() ? Fit.WRONG : Fit.SILENT;
            case Expectation.Denied _ -> connected() ? Fit.WRONG : named() ? Fit.AGREES : Fit.SILENT;
        };
    }

    private boolean connected() {
        return observation.outcome() instanceof Outcome.Connected;
    }

    /// Whether the data plane itself says that it dropped a packet of it.
    private boolean named() {
        return !observation.drops().isEmpty();
    }

    String words() {
        var expected = expectation instanceof Expectation.Allowed ? "allowed" : "denied";
        return "%s: expected %s, observed %s".formatted(probe, expected, observed());
    }

    private String observed() {
        return switch (observation.outcome()) {
            case Outcome.Connected c -> "open (%s saw %s)".formatted(c.answeredBy(), c.sourceSeen());
            case Outcome.Resolved r -> "addresses " + r.addresses();
            case Outcome.Misdirected(var by) -> "an answer of " + by;
            case Outcome.Refused _ -> "refused";
            case Outcome.Unreachable(var icmp) -> "unreachable: " + icmp;
            case Outcome.TimedOut(_, var lost) -> named() ? "dropped by " + observation.drops().getFirst()
                : lost == Outcome.Lost.REPLY ? "the answer lost" : "no answer, and no rule that says it dropped it";
            case Outcome.Unresolved u -> u.name() + " unresolved: " + u.why();
            case Outcome.ProbeFailed(var cause) -> "no probe: " + cause;
        };
    }
}

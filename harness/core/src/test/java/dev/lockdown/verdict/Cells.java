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
import dev.lockdown.policy.ResolvedFlow;
import dev.lockdown.policy.Reading;
import dev.lockdown.policy.RulePath;
import dev.lockdown.policy.Ruling;
import dev.lockdown.policy.Settled;
import dev.lockdown.policy.Side;
import dev.lockdown.state.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Makes cells for tests, each judged by the judge from what was seen.
public final class Cells {
    public static final Port PORT = Port.parse("TCP/80");
    private static final Instant AT = Instant.parse("2026-11-22T14:03:11.000123Z");
    private static final Control BASELINE = new Control.Proven(Control.Grade.BASELINE);

    private Cells() {}

    /// A probe in its text form, such as `shop/web to host:x on TCP/443` or `shop/web resolves api.shop`. An end without a namespace is a
    /// pod of `ns`.
    public static Probe probe(String text) {
        var words = text.split(" ", -1);
        return words[1].equals("resolves") ? new Probe.Resolve(end(words[0]), words[2], Probe.Transport.EITHER, Family.IPV4)
            : Probe.Reach.of(Flow.of(end(words[0]), end(words[2]), Port.parse(words[4])));
    }

    private static Endpoint end(String text) {
        return text.contains("/") || text.contains(":") || text.equals("kubernetes-api") ? Endpoint.parse(text)
            : Endpoint.Pod.of("ns", text);
    }

    /// A cell of a truth table on TCP/80.
    public static Cell inTable(String row, String column, int line, String wanted, String seen) {
        return of(Question.in(new Question.Label(row, column), Probe.Reach.of(Flow.of(end(row), end(column), PORT)), wanted(wanted), line),
            seen);
    }

    public static Cell of(String probe, int line, String wanted, String seen) {
        return of(Question.of(probe(probe), wanted(wanted), line), seen);
    }

    private static Wanted wanted(String text) {
        for (var wanted : Wanted.values()) if (Wording.of(wanted).equals(text)) return wanted;
        throw new IllegalArgumentException(text);
    }

    /// @param seen `open`, `blocked`, `rejected`, `mixed` or `unproven`; the policies demand what is wanted
    public static Cell of(Question question, String seen) {
        var reasons = question.wanted() == Wanted.OPEN ? allowed(question.probe()) : denied(question.probe());
        return of(question, seen, reasons);
    }

    public static Cell of(Question question, String seen, Explanation reasons) {
        var silence = new Outcome.TimedOut(Duration.ofMillis(1500), Outcome.Lost.UNKNOWN);
        return switch (seen) {
            case "open" -> judged(question, new Control.NotNeeded(), reasons, answer(question.probe()));
            case "blocked" -> judged(question, BASELINE, reasons, silence);
            case "rejected" -> judged(question, BASELINE, reasons, new Outcome.Refused());
            case "mixed" -> judged(question, BASELINE, reasons, answer(question.probe()), silence);
            case "unproven" ->
                judged(question, new Control.Missing(new Lack.NoListener(NamespacedName.parse("shop/api"), PORT)), reasons, silence);
            default -> throw new IllegalArgumentException(seen);
        };
    }

    private static Outcome answer(Probe probe) {
        return switch (probe) {
            case Probe.Reach(var flow, _) -> new Outcome.Connected(Duration.ofMillis(1), flow.destination().toString(), "10.42.0.5");
            case Probe.Resolve _ -> new Outcome.Resolved(Duration.ofMillis(1), List.of("10.43.0.10"));
            case Probe.Ping _, Probe.Unasked _ -> throw new IllegalArgumentException(probe.toString());
        };
    }

    public static Cell judged(Question question, Control control, Explanation reasons, Outcome... outcomes) {
        var observations = Stream.of(outcomes).map(o -> new Observation(question.probe(), o, AT, List.of())).toList();
        return new Cell(question, observations, control, Judge.judge(question, observations, control), reasons, false, null);
    }

    /// Denied by `shop/deny-all`, egress of `shop/web`, whoever asks.
    public static Explanation denied(Probe probe) {
        return explained(probe, Settled.REFUSED, List.of());
    }

    /// Allowed by `shop/allow`, by the first egress rule of `shop/web`, whoever asks.
    public static Explanation allowed(Probe probe) {
        return explained(probe, Settled.ADMITTED,
            List.of(new Reading.Admits(NamespacedName.parse("shop/allow"), new RulePath(Direction.EGRESS, 0, 0))));
    }

    private static Explanation explained(Probe probe, Ruling egress, List<Reading> readings) {
        var flow = probe instanceof Probe.Reach(var own, _) ? own
            : Flow.of(probe.source(), Endpoint.parse("service:kube-system/kube-dns"), Port.parse("UDP/53"));
        var policy = NamespacedName.parse(egress == Settled.REFUSED ? "shop/deny-all" : "shop/allow");
        return Explanation.of(flow, List.of(new ResolvedFlow(flow.destination().toString(), flow.port(),
            new Side(Direction.EGRESS, "shop/web", egress, List.of(policy), readings, List.of()),
            new Side(Direction.INGRESS, flow.destination().toString(), Settled.NOT_A_POD, List.of(), List.of(), List.of()))));
    }
}

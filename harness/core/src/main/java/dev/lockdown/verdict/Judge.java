package dev.lockdown.verdict;

import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.Resolved;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unreachable;
import dev.lockdown.flow.Outcome.Unresolved;
import dev.lockdown.verdict.Verdict.Blocked;
import dev.lockdown.verdict.Verdict.Inconclusive;
import dev.lockdown.verdict.Verdict.Manner;
import dev.lockdown.verdict.Verdict.Mixed;
import dev.lockdown.verdict.Verdict.Open;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Judges what a probe's outcomes prove. Pure: the same outcomes and control give the same verdict, now or from a journal.
///
/// Silence is never enough. A flow is blocked only if something shows that it would have worked
/// without the policy; otherwise the verdict is inconclusive and says what was missing.
public final class Judge {

    private Judge() {}

    /// Judge a question by all that was asked for it in one round: its own dials, and the dial of a host's name beside them.
    ///
    /// @param asked at least one of the question's own probe
    public static Verdict judge(Question question, List<Observation> asked, Control control) {
        // Loops, since a report judges a hundred thousand cells again.
        var own = new ArrayList<Outcome>(asked.size());
        Outcome ofName = null;
        for (var observation : asked)
            if (observation.probe().equals(question.probe())) own.add(observation.outcome());
            else if (ofName == null) ofName = observation.outcome();
        var verdict = judge(own, control);
        // A backend that is dead is not one that is blocked.
        if (question.wanted() == Wanted.MIXED && verdict instanceof Mixed && control instanceof Control.Missing(var lack))
            return new Inconclusive(new Doubt.UnprovenBackends(lack));
        if (verdict instanceof Open && ofName != null && !(ofName instanceof Resolved))
            return new Inconclusive(new Doubt.UnresolvedName(ofName));
        return verdict;
    }

    /// Judge the dials of one probe after a change settled.
    ///
    /// @param outcomes at least one
    /// @param control what is known about this very probe apart from the policy
    public static Verdict judge(List<Outcome> outcomes, Control control) {
        if (outcomes.isEmpty()) throw new IllegalArgumentException("a verdict needs at least one outcome");
        var seen = EnumSet.noneOf(Reading.class);
        for (var outcome : outcomes) seen.add(reading(outcome));
        if (seen.contains(Reading.UNKNOWN)) return new Inconclusive(new Doubt.UnclearOutcome(firstUnknown(outcomes)));
        if (seen.contains(Reading.HALF)) return new Mixed(outcomes);
        if (seen.contains(Reading.OPEN)) return seen.size() == 1 ? new Open() : new Mixed(outcomes);
        return switch (control) {
            // A kernel limits the ICMP it sends, so one refusal among timeouts already tells the manner.
            case Control.Proven(var grade) -> new Blocked(seen.contains(Reading.REJECTED) ? Manner.REJECTED : Manner.DROPPED, grade);
            case Control.Missing(var lack) -> new Inconclusive(new Doubt.NoControl(outcomes.getFirst(), lack));
            case Control.NotNeeded() -> throw new IllegalArgumentException("%s needs a control".formatted(outcomes));
        };
    }

    private enum Reading {
        OPEN, HALF, REJECTED, SILENT, UNKNOWN
    }

    private static Reading reading(Outcome outcome) {
        return switch (outcome) {
            case Connected _, Resolved _ -> Reading.OPEN;
            case Refused _ -> Reading.REJECTED;
            case Unreachable(var icmp) -> icmp == Icmp.ADMINISTRATIVELY_PROHIBITED ? Reading.REJECTED : Reading.UNKNOWN;
            // A question that arrived is no isolation, whatever became of its answer.
            case TimedOut(_, var lost) -> lost == Lost.REPLY ? Reading.HALF : Reading.SILENT;
            case Misdirected _, Unresolved _, ProbeFailed _ -> Reading.UNKNOWN;
        };
    }

    private static Outcome firstUnknown(List<Outcome> outcomes) {
        return outcomes.stream().filter(o -> reading(o) == Reading.UNKNOWN).findFirst().orElseThrow();
    }
}

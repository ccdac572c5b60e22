package dev.lockdown.verdict;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.Repair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question, what the network answered to it, and what that proves.
///
/// @param observations of the last round, the name's dial included where a host was asked for by name; none where nothing was asked,
///        because the change before was not seen to be enforced
/// @param control what was found about the flow apart from the policies
/// @param reasons what the policies say, or null where they have no say
/// @param eitherWay whether any answer will do, because the API leaves it open and this cluster is not ours
/// @param translatedFrom the pod's own address, where the server saw another one; else null
/// @param repairs slips in the policies that are known to be the reason why it is not as the step claims
/// @param defect a known defect of the network plugin that would do what was seen, or null
/// @param rules what the nodes of its ends had programmed about it, where it differs and they could be asked
public record Cell(Question question, List<Observation> observations, Control control, Verdict verdict, @Nullable Explanation reasons,
        boolean eitherWay, @Nullable String translatedFrom, List<Repair> repairs, @Nullable FoundDefect defect,
        List<NodeRules> rules) {

    public Cell {
        observations = List.copyOf(observations);
        repairs = List.copyOf(repairs);
        rules = List.copyOf(rules);
    }

    /// One of which neither a repair nor a defect is known.
    public Cell(Question question, List<Observation> observations, Control control, Verdict verdict, @Nullable Explanation reasons,
            boolean eitherWay, @Nullable String translatedFrom) {
        this(question, observations, control, verdict, reasons, eitherWay, translatedFrom, List.of(), null, List.of());
    }

    public Cell with(List<Repair> known) {
        return new Cell(question, observations, control, verdict, reasons, eitherWay, translatedFrom, known, defect, rules);
    }

    public Cell with(FoundDefect found) {
        return new Cell(question, observations, control, verdict, reasons, eitherWay, translatedFrom, repairs, found, rules);
    }

    public Cell found(List<NodeRules> programmed) {
        return new Cell(question, observations, control, verdict, reasons, eitherWay, translatedFrom, repairs, defect, programmed);
    }

    /// Judge once more, from what was seen and the control that was found.
    public Cell judgedAgain() {
        if (observations.isEmpty()) return this;
        var again = Judge.judge(question, observations, control);
        return again.equals(verdict) ? this
            : new Cell(question, observations, control, again, reasons, eitherWay, translatedFrom, repairs, null, rules);
    }

    /// Whether the verdict is as the step claims.
    public boolean agrees() {
        if (eitherWay && !inconclusive()) return true;
        return switch (verdict) {
            case Verdict.Open _ -> question.wanted() == Wanted.OPEN;
            case Verdict.Blocked _ -> question.wanted() == Wanted.BLOCKED;
            case Verdict.Mixed(var outcomes) -> question.wanted() == Wanted.MIXED && outcomes.stream().noneMatch(Cell::isHalf);
            case Verdict.Inconclusive _ -> false;
        };
    }

    /// A way that is open for the question and not for its answer is what nobody can want.
    private static boolean isHalf(Outcome outcome) {
        return outcome instanceof Outcome.TimedOut(_, var lost) && lost == Outcome.Lost.REPLY;
    }

    public boolean inconclusive() {
        return verdict instanceof Verdict.Inconclusive;
    }

    public @Nullable Expectation expectation() {
        return reasons == null ? null : reasons.expectation();
    }

    /// Whether the policies demand the opposite of what the step claims, so that one of the two is wrong.
    public boolean isAgainstPolicies() {
        return switch (expectation()) {
            case Expectation.Denied _ -> question.wanted() == Wanted.OPEN;
            case Expectation.Allowed _ -> question.wanted() == Wanted.BLOCKED;
            case Expectation.Split _, Expectation.Unspecified _ -> false;
            case null -> false;
        };
    }

    /// Whether what was seen is what the policies demand.
    public boolean isAsPoliciesSay() {
        return switch (verdict) {
            case Verdict.Open _ -> expectation() instanceof Expectation.Allowed;
            case Verdict.Blocked _ -> expectation() instanceof Expectation.Denied;
            case Verdict.Mixed _, Verdict.Inconclusive _ -> false;
        };
    }

    /// The likely cause where it differs, or null where it agrees or none is known.
    public @Nullable Cause cause() {
        return agrees() ? null : Cause.of(this);
    }

    /// What was seen besides the outcome, each thing once.
    public List<Evidence> evidence() {
        var all = new ArrayList<Evidence>();
        for (var o : observations) for (var drop : o.drops()) all.add(new Evidence.DroppedAt(drop));
        for (var o : observations)
            if (o.outcome() instanceof Outcome.Connected(_, var by, var source) && !source.isEmpty())
                all.add(source(by, source));
        if (eitherWay) all.add(new Evidence.TakenAsItIs());
        return all.size() < 2 ? all : all.stream().distinct().toList();
    }

    private Evidence source(String server, String address) {
        if (translatedFrom != null && question.probe().source() instanceof Endpoint.Pod(var pod))
            return new Evidence.SourceTranslated(server, address, pod, translatedFrom);
        return new Evidence.SourceSeen(server, address);
    }
}

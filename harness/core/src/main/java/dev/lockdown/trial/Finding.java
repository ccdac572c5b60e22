package dev.lockdown.trial;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.journal.Entry;
import dev.lockdown.policy.Expectation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question and what the network answered to it.
///
/// @param observations of the last round, at least one
/// @param eitherWay whether any answer will do, because the API leaves it open and this cluster is not ours
/// @param expectation what the policies demand, or null where they have no say (a name, a token)
record Finding(Question question, Verdict verdict, List<Observation> observations, @Nullable Expectation expectation,
        boolean eitherWay, List<String> evidence) {

    Finding {
        observations = List.copyOf(observations);
        evidence = List.copyOf(evidence);
    }

    boolean agrees() {
        if (eitherWay && !inconclusive()) return true;
        return switch (verdict) {
            case Verdict.Open _ -> question.wanted() == Wanted.OPEN;
            case Verdict.Blocked _ -> question.wanted() == Wanted.BLOCKED;
            case Verdict.Mixed(var outcomes) -> question.wanted() == Wanted.MIXED && outcomes.stream().noneMatch(Finding::isHalf);
            case Verdict.Inconclusive _ -> false;
        };
    }

    /// A way that is open for the question and not for its answer is nobody's wish.
    private static boolean isHalf(Outcome outcome) {
        return outcome instanceof Outcome.TimedOut(_, var lost) && lost == Outcome.Lost.REPLY;
    }

    boolean inconclusive() {
        return verdict instanceof Verdict.Inconclusive;
    }

    Entry.Cell cell() {
        return new Entry.Cell(question.row(), question.column(), question.line(), question.wanted().toString(), Words.of(verdict), agrees(),
            how(), expectation == null ? List.of() : expectation.because(), allEvidence(), agrees() ? null : Causes.likely(this),
            verdict instanceof Verdict.Blocked(_, var grade) ? grade.toString() : null);
    }

    String how() {
        return switch (verdict) {
            case Verdict.Inconclusive(var why) -> why;
            case Verdict.Mixed(var outcomes) -> String.join("; ", outcomes.stream().map(Words::of).distinct().toList());
            case Verdict.Open _, Verdict.Blocked _ -> Words.of(observations.getLast().outcome());
        };
    }

    List<String> allEvidence() {
        var all = new ArrayList<String>();
        for (var drop : drops()) all.add("dropped at " + drop);
        for (var o : observations)
            if (o.outcome() instanceof Outcome.Connected(_, var by, var source) && !source.isEmpty())
                all.add("%s saw %s".formatted(by, source));
        if (eitherWay) all.add("the API leaves it open: taken as it is");
        all.addAll(evidence);
        return all.stream().distinct().toList();
    }

    List<Drop> drops() {
        return observations.stream().flatMap(o -> o.drops().stream()).distinct().toList();
    }
}

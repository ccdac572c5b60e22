package dev.lockdown.report.html;

import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import dev.lockdown.report.html.WordedJudgement.Finding;
import dev.lockdown.report.html.WordedJudgement.Flow;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import dev.lockdown.verdict.Wording;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words of one scenario's cells. Its steps ask the same flows again and find the same about them, and a journal is read such that
/// what is the same is one object: so each is worded once. Not for use by several threads.
final class Words {
    private final Map<Probe, String> flows = new IdentityHashMap<>();
    private final Map<@Nullable Expectation, Map<Agreed, Finding>> findings = new IdentityHashMap<>();

    private record Agreed(Wanted wanted, Verdict verdict) {}

    Flow of(Cell cell) {
        return new Flow(flows.computeIfAbsent(cell.question().probe(), _ -> Wording.flow(cell)), Wording.how(cell), Wording.evidence(cell),
            finding(cell));
    }

    /// One that agrees needs no cause, and so says nothing that its reasons and its verdict do not.
    private Finding finding(Cell cell) {
        if (!cell.agrees()) return made(cell);
        return findings.computeIfAbsent(cell.expectation(), _ -> new HashMap<>())
            .computeIfAbsent(new Agreed(cell.question().wanted(), cell.verdict()), _ -> made(cell));
    }

    /// Copies the reasons, which are made when they are first read: here, and not by whoever compares them.
    private static Finding made(Cell cell) {
        var control = cell.verdict() instanceof Verdict.Blocked(_, var grade) ? Wording.of(grade) : "";
        return new Finding(Mark.of(cell.question().wanted()), Mark.of(cell.verdict()), cell.agrees(), List.copyOf(Wording.because(cell)),
            control, Wording.likely(cell));
    }
}

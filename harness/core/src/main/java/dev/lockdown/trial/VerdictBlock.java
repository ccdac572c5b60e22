package dev.lockdown.trial;

import dev.lockdown.state.InputException;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Polling;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The verdict steps between two changes. Each repeats the questions of those before it, so that all of them hold at one time.
final class VerdictBlock {
    /// So often must all questions agree in a row.
    private static final int ROUNDS = 2;

    private final ProbeRounds rounds;
    private final Capabilities capabilities;
    private final ScenarioJournal journal;
    private final List<Question> claimed = new ArrayList<>();
    private final Map<Probe, Verdict> remembered = new LinkedHashMap<>();
    private List<Laggard> laggards = List.of();
    private boolean leftOpen;
    private boolean decided;

    VerdictBlock(ProbeRounds rounds, Capabilities capabilities, ScenarioJournal journal) {
        this.rounds = rounds;
        this.capabilities = capabilities;
        this.journal = journal;
    }

    /// A change was made: what was claimed before need not hold any longer.
    ///
    /// @param late the places where it was not seen to be enforced
    void changed(List<Laggard> late) {
        claimed.clear();
        laggards = List.copyOf(late);
    }

    /// Ask until everything that was claimed since the last change holds, or patience ends.
    ///
    /// @throws VerdictError if it does not, or cannot be decided
    void verify(Scope scope, List<Question> questions, int line) {
        if (questions.isEmpty()) throw new InputException("this step claims nothing: no flow fits its words");
        if (!laggards.isEmpty()) {
            judged(new Judgement(scope, questions.stream().map(this::notEnforced).toList(), 0, capabilities.settling()), line);
            return;
        }
        claimed.addAll(questions);
        var good = new int[1];
        var pace = new Pace(journal::now);
        Supplier<List<Cell>> round = () -> pace.timed(
            () -> good[0] == 0 ? rounds.ask(claimed, Dialling.DEFAULT, line) : rounds.askAgain(claimed, pace.again(), line));
        Predicate<List<Cell>> enough = cells -> {
            good[0] = cells.stream().allMatch(Cell::agrees) ? good[0] + 1 : 0;
            return good[0] >= ROUNDS;
        };
        var last = pace.patient(new Polling().until(capabilities.patience(), round, enough),
            () -> new Polling().until(Pace.calm(), round, enough));
        judged(told(scope, new LinkedHashSet<>(questions), last), line);
    }

    /// What an earlier step of the block claimed is told again only if it no longer holds.
    private Judgement told(Scope scope, Set<Question> own, Polling.Last<List<Cell>> last) {
        var told = last.value().stream().filter(c -> own.contains(c.question()) || !c.agrees()).toList();
        for (var cell : told) {
            if (cell.eitherWay()) leftOpen = true;
            else decided = true;
            remembered.put(cell.question().probe(), cell.verdict());
        }
        if (told.stream().anyMatch(c -> !c.agrees())) claimed.removeIf(own::contains);
        return new Judgement(scope, told, last.looks(), last.waited());
    }

    private void judged(Judgement judgement, int line) {
        journal.write(new Entry.Judged(journal.now(), journal.scenario(), line, judgement));
        if (!judgement.differing().isEmpty()) throw new VerdictError(judgement);
    }

    /// Ask once, claiming nothing.
    ///
    /// @return in the order of the questions; all inconclusive where the last change was not seen to be enforced
    List<Cell> ask(List<Question> questions) {
        if (!laggards.isEmpty()) return questions.stream().map(this::notEnforced).toList();
        return rounds.ask(questions, Dialling.DEFAULT, 0);
    }

    private Cell notEnforced(Question question) {
        return new Cell(question, List.of(), new Control.Missing(new Lack.NothingToCompare()),
            new Verdict.Inconclusive(new Doubt.NotEnforced(laggards, capabilities.settling())), null, false, null);
    }

    /// Whether all that was claimed is left open by the API, so that nothing was judged.
    boolean judgedNothing() {
        return leftOpen && !decided;
    }

    /// Whether an earlier step saw this probe blocked.
    boolean sawBlocked(Probe probe) {
        return remembered.get(probe) instanceof Verdict.Blocked;
    }
}

package dev.lockdown.trial;

import dev.lockdown.state.InputException;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.LookAhead;
import dev.lockdown.cluster.Polling;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.rules.RuleLook;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The verdict steps between two changes. Each claims something; then all is asked together and must hold at one time.
final class VerdictBlock {
    /// So often must all questions agree in a row.
    private static final int ROUNDS = 2;
    /// Where silence is waited for and nothing has differed, the second round begins so long after the first, unless it is a large one.
    private static final Duration APART = Duration.ofMillis(80);
    private static final int MOST_AHEAD = 1000;
    /// What differs in one and the same way for so many rounds, and is as the policies demand or as the network plugin is known to do, does not
    /// come to be otherwise.
    private static final int STANDING_ROUNDS = 3;

    private final ProbeRounds rounds;
    private final Capabilities capabilities;
    private final ScenarioJournal journal;
    private final CellRepairs repairs;
    private final RuleLook rules;
    private final List<Claim> claims = new ArrayList<>();
    private final Map<Probe, Verdict> remembered = new LinkedHashMap<>();
    private List<Laggard> laggards = List.of();
    private boolean leftOpen;
    private boolean decided;

    VerdictBlock(ProbeRounds rounds, Capabilities capabilities, ScenarioJournal journal, CellRepairs repairs,
            RuleLook rules) {
        this.rounds = rounds;
        this.capabilities = capabilities;
        this.journal = journal;
        this.repairs = repairs;
        this.rules = rules;
    }

    /// What one step claims.
    private record Claim(Scope scope, List<Question> questions, int line) {}

    /// A change was made.
    ///
    /// @param late the places where it was not seen to be enforced
    void changed(List<Laggard> late) {
        laggards = List.copyOf(late);
    }

    /// Claim something, to be judged together with what other steps claim.
    ///
    /// @throws InputException if there is nothing to ask
    void claim(Scope scope, List<Question> questions, int line) {
        if (questions.isEmpty()) throw new InputException("this step claims nothing: no flow fits its words");
        claims.add(new Claim(scope, List.copyOf(questions), line));
    }

    /// Ask until everything that was claimed holds, or patience ends; then nothing is claimed any longer.
    ///
    /// @return the steps that do not hold or cannot be decided, by their lines
    SortedMap<Integer, VerdictError> judge() {
        var claimed = List.copyOf(claims);
        claims.clear();
        var errors = new TreeMap<Integer, VerdictError>();
        if (claimed.isEmpty()) return errors;
        var asked = laggards.isEmpty() ? askAll(claimed) : notEnforced(claimed);
        // Before anything else is done: policies and pods stand as they were asked.
        var steps = rules.at(explained(steps(claimed, asked.value())));
        for (int i = 0; i < claimed.size(); i++) {
            var claim = claimed.get(i);
            var judgement = new Judgement(claim.scope(), steps.get(i).cells(), asked.looks(), asked.waited());
            remember(judgement);
            journal.write(new Entry.Judged(journal.now(), journal.scenario(), claim.line(), judgement));
            if (!judgement.differing().isEmpty()) errors.put(claim.line(), new VerdictError(judgement));
        }
        return errors;
    }

    private List<RuleLook.Step> steps(List<Claim> claimed, List<Cell> cells) {
        var steps = new ArrayList<RuleLook.Step>();
        int from = 0;
        for (var claim : claimed) {
            int to = from + claim.questions().size();
            steps.add(new RuleLook.Step(claim.line(), cells.subList(from, to)));
            from = to;
        }
        return steps;
    }

    private List<RuleLook.Step> explained(List<RuleLook.Step> steps) {
        return steps.stream().map(s -> new RuleLook.Step(s.line(), repairs.in(s.cells()))).toList();
    }

    private Polling.Last<List<Cell>> askAll(List<Claim> claimed) {
        var questions = questions(claimed);
        int line = claimed.getLast().line();
        var good = new int[1];
        var pace = new Pace(rounds.usual(questions.stream().map(Question::probe).toList()),
            questions.stream().filter(q -> q.wanted() != Wanted.BLOCKED).map(Question::probe).collect(Collectors.toSet()));
        var looks = new LookAhead<Dialling, ProbeRounds.Asked>(APART, how -> rounds.ask(questions, how));
        Supplier<List<Cell>> round = () -> {
            boolean ahead = good[0] == 0 && rounds.mayOverlap() && pace.waitsForSilence() && questions.size() <= MOST_AHEAD;
            var asked = looks.next(pace.next(), ahead ? ROUNDS : 1);
            return pace.note(asked.how(),
                good[0] == 0 ? rounds.judged(questions, asked, line) : rounds.judgedAgain(questions, asked, line), rounds::slowestControl);
        };
        var standing = new Standing(claimed);
        Predicate<List<Cell>> enough = cells -> {
            good[0] = agree(cells) && !pace.wasHasty() ? good[0] + 1 : 0;
            // Those that agree must have begun after all that does not was seen.
            if (good[0] == 0) looks.forget();
            return good[0] >= ROUNDS || standing.isFinal(cells);
        };
        var last = pace.patient(new Polling().until(capabilities.patience(), round, enough),
            () -> new Polling().until(Pace.calm(), round, enough));
        // Patience may end between two rounds that agree: one alone is no proof.
        for (int more = 0; more < ROUNDS && good[0] < ROUNDS && agree(last.value()); more++)
            last = last.and(new Polling().until(Duration.ZERO, round, enough));
        return last;
    }

    private static boolean agree(List<Cell> cells) {
        return cells.stream().allMatch(Cell::agrees);
    }

    /// What differs in the same way from round to round.
    private final class Standing {
        private final List<Claim> claimed;
        private Map<Question, Class<?>> differing = Map.of();
        private Instant since = Instant.EPOCH;
        private int rounds;
        /// How long it must last, once somebody has looked why it may be.
        private @Nullable Duration needed;

        Standing(List<Claim> claimed) {
            this.claimed = claimed;
        }

        /// Whether that has lasted, and stays so for a reason that is known: it is looked for once, before the last round that is needed. Where it is
        /// found, the rules of nodes begin to be read beside that round.
        boolean isFinal(List<Cell> cells) {
            var now = cells.stream().filter(c -> !c.agrees())
                .collect(Collectors.<Cell, Question, Class<?>>toMap(Cell::question, c -> c.verdict().getClass(), (one, _) -> one));
            if (!now.equals(differing)) {
                differing = now;
                since = journal.now();
                rounds = 0;
                needed = null;
                rules.forget();
            }
            if (differing.isEmpty() || ++rounds < STANDING_ROUNDS - 1) return false;
            if (needed == null) {
                needed = repairs.standing(cells);
                if (needed.equals(CellRepairs.KNOWN)) rules.begin(steps(claimed, cells));
            }
            return rounds >= STANDING_ROUNDS && Duration.between(since, journal.now()).compareTo(needed) >= 0;
        }
    }

    private Polling.Last<List<Cell>> notEnforced(List<Claim> claimed) {
        return new Polling.Last<>(questions(claimed).stream().map(this::notEnforced).toList(), 0, capabilities.settling());
    }

    private static List<Question> questions(List<Claim> claimed) {
        return claimed.stream().flatMap(c -> c.questions().stream()).toList();
    }

    private void remember(Judgement judgement) {
        if (!laggards.isEmpty()) return;
        for (var cell : judgement.cells()) {
            if (cell.eitherWay()) leftOpen = true;
            else decided = true;
            remembered.put(cell.question().probe(), cell.verdict());
        }
    }

    /// Ask once, claiming nothing.
    ///
    /// @return in the order of the questions; all inconclusive where the last change was not seen to be enforced
    List<Cell> ask(List<Question> questions) {
        if (!laggards.isEmpty()) return questions.stream().map(this::notEnforced).toList();
        return rounds.judged(questions, rounds.ask(questions, Dialling.DEFAULT), 0).cells();
    }

    private Cell notEnforced(Question question) {
        return new Cell(question, List.of(), new Control.Missing(new Lack.NothingToCompare()),
            new Verdict.Inconclusive(new Doubt.NotEnforced(laggards, capabilities.settling())), null, false, null);
    }

    /// Whether something that was claimed is left open by the API.
    boolean leftOpen() {
        return leftOpen;
    }

    /// Whether something that was claimed was judged.
    boolean judged() {
        return decided;
    }

    /// Whether an earlier step saw this probe blocked.
    boolean sawBlocked(Probe probe) {
        return remembered.get(probe) instanceof Verdict.Blocked;
    }
}

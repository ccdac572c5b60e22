package dev.lockdown.trial;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Polling;
import dev.lockdown.flow.Outcome;
import dev.lockdown.verdict.Cell;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// How fast this machine is while one block is asked: a busy one answers late, which is not a verdict.
final class Pace {
    /// What was silent for a whole deadline need not be waited for as long once more, unless all was slow.
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int TIMES_AS_LATE = 2;
    private static final Duration CALM = Duration.ofSeconds(4);

    private final InstantSource clock;
    private Duration late = Duration.ZERO;
    private boolean agreedOnce;

    Pace(InstantSource clock) {
        this.clock = clock;
    }

    /// Ask a round and remember how much longer it took than the silence that was waited for.
    List<Cell> timed(Supplier<List<Cell>> round) {
        var begin = clock.instant();
        var cells = round.get();
        late = longer(late, Duration.between(begin, clock.instant()).minus(silence(cells)));
        agreedOnce |= agree(cells);
        return cells;
    }

    /// How to ask once more, right after a round.
    Dialling again() {
        var wanted = longer(AGAIN, late.multipliedBy(TIMES_AS_LATE));
        return wanted.compareTo(Dialling.DEFAULT.deadline()) < 0 ? new Dialling(wanted, 0) : Dialling.DEFAULT;
    }

    /// Look on where all agreed before and nothing is wrong now, but something was not answered in time.
    Polling.Last<List<Cell>> patient(Polling.Last<List<Cell>> last, Supplier<Polling.Last<List<Cell>>> more) {
        boolean slow = agreedOnce && !agree(last.value()) && last.value().stream().allMatch(c -> c.agrees() || c.inconclusive());
        if (!slow) return last;
        var next = more.get();
        return new Polling.Last<>(next.value(), last.looks() + next.looks(), last.waited().plus(next.waited()));
    }

    /// How long to look on then.
    static Duration calm() {
        return CALM;
    }

    /// How long it was waited for what did not come: no time where the data plane named the drop at once, and never longer than a dial may
    /// take, for what is beyond that is the machine's.
    private static Duration silence(List<Cell> cells) {
        var waited = Duration.ZERO;
        for (var cell : cells)
            for (var observation : cell.observations())
                if (observation.outcome() instanceof Outcome.TimedOut(var after, _)) waited = longer(waited, after);
        return waited.compareTo(Dialling.DEFAULT.deadline()) < 0 ? waited : Dialling.DEFAULT.deadline();
    }

    private static boolean agree(List<Cell> cells) {
        return cells.stream().allMatch(Cell::agrees);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

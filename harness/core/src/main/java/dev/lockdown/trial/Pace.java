package dev.lockdown.trial;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Polling;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.verdict.Cell;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long the answers of one block are waited for: as the flows themselves and this machine demand, since a busy one answers late, which is
/// not a verdict. What differs is asked again with the whole deadline before it counts; how late it answers then, if it does, tells how long
/// every silence of the block must last.
final class Pace {
    /// What was silent for a whole deadline need not be waited for as long once more, unless all was slow.
    private static final Duration AGAIN = Duration.ofMillis(500);
    /// A flow that is usually answered at once is waited for so long.
    private static final Duration LEAST = Duration.ofMillis(250);
    /// One that shall be open is waited for longer: that costs nothing where it is, and saves asking again where the machine was late.
    private static final Duration OPEN = Duration.ofMillis(750);
    /// What is asked with the same deadline is one request to each agent: deadlines are these, or the whole.
    private static final List<Duration> DEADLINES =
        Stream.of(250, 350, 500, 750, 1000).map(Duration::ofMillis).toList();
    /// A flow may take so many times as long as usual, and as the controls of the same round.
    private static final int TIMES_AS_LONG = 10;
    private static final int TIMES_AS_LATE = 2;
    /// What usually takes no longer is not waited for longer than anything else.
    static final Duration NEVER_SHORT = LEAST.dividedBy(TIMES_AS_LONG);
    private static final Duration CALM = Duration.ofSeconds(4);

    private final @Nullable Map<Probe, Duration> usual;
    private final Set<Probe> open;
    private Duration late = Duration.ZERO;
    /// How long the slowest answer of the last round took, at first that which is usual: what had been let through might have taken as long.
    private Duration slowest;
    private boolean agreed;
    private boolean agreedOnce;
    private int differed;
    /// What differed in the last round.
    private Set<Probe> unclear = Set.of();
    /// Of that, what was silent.
    private Set<Probe> missed = Set.of();
    /// What was silent for the whole deadline.
    private final Set<Probe> wholly = new HashSet<>();
    /// The longest that an answer took which had been missed.
    private Duration slow = Duration.ZERO;
    private boolean hasty;

    /// @param usual how long flows took in the baseline, where they were answered; null where the data plane names its drops, so that silence
    ///        is not waited for anyway
    /// @param open those that shall be answered
    Pace(@Nullable Map<Probe, Duration> usual, Set<Probe> open) {
        this.usual = usual == null ? null : new HashMap<>(usual);
        this.open = Set.copyOf(open);
        slowest = usual == null ? Duration.ZERO
            : open.stream().map(p -> usual.getOrDefault(p, Duration.ZERO)).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /// Remember a round: how much longer it took than the silence that was waited for.
    ///
    /// @param how it was asked
    /// @param control how long the slowest control of a probe took
    /// @return its cells
    List<Cell> note(Dialling how, ProbeRounds.Round round, Function<Probe, Duration> control) {
        note(how, round.took(), round.cells().stream().flatMap(c -> c.observations().stream()).toList(), control);
        agreed = agree(round.cells());
        agreedOnce |= agreed;
        if (!agreed) differed++;
        var differing = round.cells().stream().filter(c -> !c.agrees()).toList();
        unclear = probes(differing, _ -> true);
        missed = probes(differing, o -> o.outcome().isSilent());
        return round.cells();
    }

    private static Set<Probe> probes(List<Cell> cells, Predicate<Observation> which) {
        return cells.stream().flatMap(c -> c.observations().stream()).filter(which).map(Observation::probe).collect(Collectors.toSet());
    }

    /// Remember what was asked and not judged.
    void note(Dialling how, Duration took, List<Observation> observations, Function<Probe, Duration> control) {
        var known = usual;
        late = longer(late, known == null ? took.minus(silence(observations)) : overdue(how, observations));
        if (known == null) return;
        slow = longer(slow, slowest(observations, missed::contains));
        slowest = slowest(observations, _ -> true);
        var silent = observations.stream().filter(o -> o.outcome() instanceof Outcome.TimedOut).map(Observation::probe).toList();
        silent.forEach(p -> known.merge(p, control.apply(p), Pace::longer));
        silent.stream().filter(p -> how.deadline(p).equals(Dialling.DEFAULT.deadline())).forEach(wholly::add);
        hasty = silent.stream().anyMatch(p -> how.deadline(p).compareTo(needed(known.getOrDefault(p, Duration.ZERO))) < 0);
    }

    private static Duration slowest(List<Observation> observations, Predicate<Probe> which) {
        return observations.stream().filter(o -> which.test(o.probe())).map(o -> Baseline.roundTrip(o.outcome()))
            .max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /// Whether a silence of the last round was shorter than what was measured meanwhile demands, so that it proves nothing.
    boolean wasHasty() {
        return hasty;
    }

    /// Whether what is dropped is waited for, and what was once missed at most has been asked again.
    boolean waitsForSilence() {
        return usual != null && differed <= 1;
    }

    /// How to ask the next round.
    Dialling next() {
        var known = usual;
        if (known == null) return agreed ? new Dialling(capped(longer(AGAIN, late.multipliedBy(TIMES_AS_LATE))), 0) : Dialling.DEFAULT;
        var most = rounded(differed > 0 ? longer(AGAIN, needed(Duration.ZERO)) : needed(Duration.ZERO));
        var own = new HashMap<Probe, Duration>();
        known.forEach((probe, took) -> {
            var needed = rounded(open.contains(probe) ? longer(OPEN, needed(took)) : needed(took));
            if (needed.compareTo(most) > 0) own.put(probe, needed);
        });
        unclear.forEach(probe -> own.put(probe, wholly.contains(probe)
            ? rounded(longer(AGAIN, needed(known.getOrDefault(probe, Duration.ZERO)))) : Dialling.DEFAULT.deadline()));
        return new Dialling(most, 0, own);
    }

    /// @param usual how long a flow usually takes
    private Duration needed(Duration usual) {
        var least = longer(LEAST, longer(slowest, late.multipliedBy(TIMES_AS_LATE)));
        return capped(longer(least, longer(slow, usual).multipliedBy(TIMES_AS_LONG)));
    }

    private static Duration rounded(Duration needed) {
        return DEADLINES.stream().filter(d -> d.compareTo(needed) >= 0).findFirst().orElse(Dialling.DEFAULT.deadline());
    }

    private static Duration capped(Duration wanted) {
        return wanted.compareTo(Dialling.DEFAULT.deadline()) < 0 ? wanted : Dialling.DEFAULT.deadline();
    }

    /// Look on where all agreed before and nothing is wrong now, but something was not answered in time.
    Polling.Last<List<Cell>> patient(Polling.Last<List<Cell>> last, Supplier<Polling.Last<List<Cell>>> more) {
        boolean slow = agreedOnce && !agree(last.value()) && last.value().stream().allMatch(c -> c.agrees() || c.inconclusive());
        if (!slow) return last;
        return last.and(more.get());
    }

    /// How long to look on then.
    static Duration calm() {
        return CALM;
    }

    /// How long it was waited for what did not come: no time where the data plane named the drop at once, and never longer than a dial may
    /// take, for what is beyond that is the machine's.
    private static Duration silence(List<Observation> observations) {
        return capped(observations.stream().map(Pace::silence).max(Comparator.naturalOrder()).orElse(Duration.ZERO));
    }

    /// How much later than it was due a silence was given up: by how much the dialler was held up. The way of requests and responses, which a
    /// cluster's API makes long, is not in it.
    private static Duration overdue(Dialling how, List<Observation> observations) {
        return observations.stream().filter(o -> o.probe() instanceof Probe.Reach && o.outcome() instanceof Outcome.TimedOut)
            .map(o -> silence(o).minus(how.deadline(o.probe()))).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private static Duration silence(Observation observation) {
        return observation.outcome() instanceof Outcome.TimedOut(var after, _) ? after : Duration.ZERO;
    }

    private static boolean agree(List<Cell> cells) {
        return cells.stream().allMatch(Cell::agrees);
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

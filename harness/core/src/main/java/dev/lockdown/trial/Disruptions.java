package dev.lockdown.trial;

import dev.lockdown.chaos.Disrupted;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.disruption.ObjectEdits;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalException;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.InputException;
import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.Laggard;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Disrupts a scenario's cluster, and heals it whatever happens.
///
/// Each disruption is written down before the deed. It is over when it was healed *and* enforcement was seen to work again: after
/// changes of objects the sentinels must turn, after anything else the canary must be open, blocked and open again.
final class Disruptions {
    private static final Polling POLLING = new Polling(Duration.ofMillis(1));

    private final Cluster cluster;
    private final ScenarioJournal journal;
    private final ChangeLog changes;
    private final CanaryCheck canary;
    private final List<Known> all = new ArrayList<>();

    /// @param over null until it is
    private record Known(String words, Instant began, @Nullable Instant healed, @Nullable Instant over) {}

    Disruptions(Cluster cluster, ScenarioJournal journal, ChangeLog changes, CanaryCheck canary) {
        this.cluster = cluster;
        this.journal = journal;
        this.changes = changes;
        this.canary = canary;
    }

    /// Do all of it, and return when it is over.
    ///
    /// @return the places where changes were not seen to be enforced afterwards
    /// @throws ClusterException if one failed or could not be healed
    List<Laggard> happen(Schedule schedule, RandomGenerator chance, BooleanSupplier stop, int line) {
        var began = journal.now();
        List<Laggard> laggards = List.of();
        for (int round = 0; schedule.goesOn(round, Duration.between(began, journal.now())); round++)
            for (var group : schedule.round(chance)) {
                if (stop.getAsBoolean()) return laggards;
                await(journal.now().plus(group.pause()));
                laggards = together(group.disruptions(), chance, line);
            }
        return laggards;
    }

    /// One deed of a disruption, so long after its first.
    private record Deed(Duration after, Runnable action) {}

    private List<Laggard> together(List<Disruption> group, RandomGenerator chance, int line) {
        var running = new ArrayList<Running>();
        var before = cluster.state();
        try {
            for (var disruption : group) running.add(new Running(disruption, all.size() + running.size() + 1, chance, line));
            for (var first : running) first.act();
            for (var next = next(running); next.isPresent(); next = next(running)) {
                await(next.get().due());
                next.get().act();
            }
            requireAsBefore(before);
        } catch (RuntimeException e) {
            throw heal(running, e);
        }
        return over(running, line);
    }

    private void requireAsBefore(ClusterState before) {
        var differences = ObjectEdits.differences(before, cluster.state(), n -> !HarnessNamespaces.contains(n));
        if (!differences.isEmpty())
            throw new ClusterException("the cluster is not as it was: " + String.join(", ", differences), null);
    }

    private static Optional<Running> next(List<Running> running) {
        return running.stream().filter(r -> !r.deeds.isEmpty()).min(Comparator.comparing(Running::due));
    }

    private List<Laggard> over(List<Running> running, int line) {
        List<Laggard> laggards = List.of();
        try {
            if (running.stream().allMatch(r -> r.disruption instanceof ObjectDisruption))
                laggards = changes.apply(List.of(), List.of(), line);
            else
                canary.requireAgain(line);
        } catch (RuntimeException e) {
            running.forEach(r -> r.end(null, null));
            throw e;
        }
        var over = laggards.isEmpty() ? now() : null;
        running.forEach(r -> r.end(over, null));
        return laggards;
    }

    /// Heal all that was begun, the last first.
    private RuntimeException heal(List<Running> running, RuntimeException cause) {
        var told = new StringBuilder();
        for (var one : running.reversed()) {
            if (one.began == null) continue;
            var words = one.disruption.words();
            try {
                one.heal();
                told.append("; healed: ").append(words);
                one.end(null, "failed, and healed: " + cause.getMessage());
            } catch (RuntimeException e) {
                if (e != cause) cause.addSuppressed(e);
                told.append("; not healed: %s: %s".formatted(words, e.getMessage()));
                one.end(null, "failed: %s; not healed: %s".formatted(cause.getMessage(), e.getMessage()));
            }
        }
        var both = "a disruption failed half-way: " + cause.getMessage() + told;
        return switch (cause) {
            case InputException _ -> new InputException(both);
            case ClusterException _ -> new ClusterException(both, cause);
            default -> cause;
        };
    }

    /// What cannot be written must not keep the others from being healed.
    private void write(Entry.Healed entry) {
        try {
            journal.write(entry);
        } catch (JournalException _) {
            // The journal keeps why, and whoever ends the run asks for it.
        }
    }

    /// As the journal writes it, so that its reader gets the same.
    private Instant now() {
        return micros(journal.now());
    }

    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private void await(Instant due) {
        var left = Duration.between(journal.now(), due);
        if (left.isPositive())
            POLLING.telling(new Waits(journal.waits())).until(left, journal::now, now -> !now.isBefore(due),
                _ -> "the time of the disruptions, %s".formatted(Figures.duration(left)));
    }

    /// A disruption from its first deed to its last.
    private final class Running {
        private final Disruption disruption;
        private final int number;
        private final int line;
        private final Deque<Deed> deeds;
        private List<Change> healing = List.of();
        private Disruption.@Nullable Ongoing ongoing;
        private DisruptionGuard guard = DisruptionGuard.keepingNothing(Unattended.GONE);
        private @Nullable Instant began;
        private @Nullable Instant healed;

        Running(Disruption disruption, int number, RandomGenerator chance, int line) {
            this.disruption = disruption;
            this.number = number;
            this.line = line;
            deeds = new ArrayDeque<>(deeds(chance));
        }

        private List<Deed> deeds(RandomGenerator chance) {
            return switch (disruption) {
                case ObjectDisruption of -> {
                    var edits = ObjectEdits.of(of, cluster.state(), chance);
                    healing = edits.getLast().changes();
                    var made = new ArrayList<Deed>();
                    for (var edit : edits.subList(0, edits.size() - 1))
                        made.add(new Deed(edit.after(), () -> changes.now(edit.changes(), line)));
                    made.add(new Deed(edits.getLast().after(), this::takeBack));
                    yield made;
                }
                case ClusterDisruption of -> List.of(new Deed(Duration.ZERO, () -> ongoing = cluster.begin(of)),
                    new Deed(of.lasting(), () -> Objects.requireNonNull(ongoing).close()));
            };
        }

        Instant due() {
            return Objects.requireNonNull(began).plus(deeds.getFirst().after);
        }

        /// Do what is next, having written down that it begins.
        void act() {
            if (began == null) begin();
            deeds.remove().action.run();
            if (!deeds.isEmpty()) return;
            healed = now();
            guard.close();
        }

        private void begin() {
            guard = cluster.guard(disruption, healing);
            began = now();
            journal.write(new Entry.Disrupted(began, journal.scenario(), line, number, disruption.words(), disruption.lasting(),
                guard.unattended()));
        }

        /// Take back what was done of it, however far it had come.
        void heal() {
            var open = ongoing;
            if (open != null) open.close();
            takeBack();
            healed = now();
            guard.close();
        }

        private void takeBack() {
            var missing = ObjectEdits.missing(healing, cluster.state());
            if (!missing.isEmpty()) changes.now(missing, line);
        }

        void end(@Nullable Instant over, @Nullable String problem) {
            var known = new Known(disruption.words(), Objects.requireNonNull(began), healed, over);
            all.add(known);
            var at = healed == null ? now() : healed;
            var struck = ongoing == null ? null : ongoing.struck();
            write(new Entry.Healed(at, journal.scenario(), number, over == null ? null : Duration.between(at, over), problem,
                struck == null ? null : new Disruption.Struck(micros(struck.from()), micros(struck.until()))));
        }
    }

    /// All of them so far, as a watch's clock knows them.
    List<Disrupted> on(FlowWatch watch) {
        return all.stream()
            .map(k -> new Disrupted(k.words, watch.micros(k.began), k.healed == null ? Long.MAX_VALUE : watch.micros(k.healed),
                k.over == null ? Long.MAX_VALUE : watch.micros(k.over)))
            .toList();
    }
}

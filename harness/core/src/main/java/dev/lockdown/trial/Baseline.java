package dev.lockdown.trial;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was open when the pods were up and before the first policy: the positive control of everything later, and the memory for
/// "can no longer".
final class Baseline {
    /// So long may a cluster take to have a new Service lead somewhere.
    private static final Duration TRANSLATED = Duration.ofSeconds(4);
    /// Where it is looked until all is open, the first look waits so long for answers, and each one after it twice as long: what an earlier
    /// policy drops for a moment yet is soon asked again.
    private static final Duration FIRST_LOOK = Duration.ofMillis(300);

    private static final int SLOW_LOOKS = 3;
    private static final int CALM_LOOKS = 2;

    private final Map<Probe, Observation> seen = new LinkedHashMap<>();
    private final Set<Probe> remembered = new HashSet<>();

    /// Ask what is open now.
    ///
    /// On a cluster that is not ours, earlier policies are deleted and may still be enforced for a while, and Services take a while to lead
    /// to their pods; what stays silent is waited for longer than what is answered by somebody else.
    ///
    /// @param declared what to ask, told anew for each look
    /// @param claimed what to ask besides, since steps speak of it: flows from an external host, or from another node, are not declared
    void take(Cluster cluster, Supplier<List<Probe>> declared, Supplier<List<Probe>> claimed, ScenarioJournal journal) {
        Supplier<List<Probe>> probes = () -> {
            var all = new LinkedHashSet<>(declared.get());
            for (var probe : claimed.get()) if (all.add(probe)) remembered.add(probe);
            return List.copyOf(all);
        };
        var begin = journal.now();
        var looks = new AtomicInteger();
        var soFar = new LinkedHashMap<Probe, Observation>();
        if (!cluster.isTrusted()) add(askSlowly(cluster, probes.get(), journal));
        else
            add(calm(cluster, new Polling()
                .telling(new Waits(journal.waits()))
                .until(cluster.capabilities().patience(),
                    () -> looked(soFar, probes.get(), rest -> ask(cluster, rest, brief(looks.getAndIncrement()), journal)),
                    looked -> looked.stream().allMatch(o -> opened(o.outcome()))
                        || Duration.between(begin, journal.now()).compareTo(TRANSLATED) > 0
                            && looked.stream().noneMatch(o -> o.outcome().isSilent()),
                    Baseline::awaited)
                .value(), journal));
    }

    /// Ask what was not open in an earlier look, and nothing else again: before the first policy nothing shuts.
    private static List<Observation> looked(Map<Probe, Observation> soFar, List<Probe> probes,
            Function<List<Probe>, List<Observation>> look) {
        soFar.keySet().retainAll(Set.copyOf(probes));
        var rest = probes.stream().filter(p -> !(soFar.get(p) instanceof Observation o && opened(o.outcome()))).toList();
        look.apply(rest).forEach(o -> soFar.put(o.probe(), o));
        return List.copyOf(soFar.values());
    }

    /// What many dials at once make slow on a busy machine would be waited for long in every block of the scenario: it is asked again, with ever
    /// fewer others, and the shortest round trip is the flow's.
    private static List<Observation> calm(Cluster cluster, List<Observation> looked, ScenarioJournal journal) {
        if (cluster.capabilities().namesDrops()) return looked;
        var quickest = new LinkedHashMap<Probe, Observation>();
        looked.forEach(o -> quickest.put(o.probe(), o));
        for (int look = 0; look < CALM_LOOKS; look++) {
            var slow = quickest.values().stream().filter(o -> roundTrip(o.outcome()).compareTo(Pace.NEVER_SHORT) > 0)
                .map(Observation::probe).toList();
            ask(cluster, slow, Dialling.DEFAULT, journal).stream().filter(o -> opened(o.outcome()))
                .forEach(o -> quickest.merge(o.probe(), o, Baseline::quicker));
        }
        return List.copyOf(quickest.values());
    }

    private static Observation quicker(Observation one, Observation other) {
        return roundTrip(one.outcome()).compareTo(roundTrip(other.outcome())) <= 0 ? one : other;
    }

    /// Where the data plane names what it drops, what else stays silent waits for the machine, as the first TLS of a busy one does.
    private static List<Observation> askSlowly(Cluster cluster, List<Probe> probes, ScenarioJournal journal) {
        var last = new LinkedHashMap<Probe, Observation>();
        var waiting = probes;
        for (int look = 0; look < SLOW_LOOKS && !waiting.isEmpty(); look++) {
            ask(cluster, waiting, Dialling.DEFAULT, journal).forEach(o -> last.put(o.probe(), o));
            waiting = !cluster.capabilities().namesDrops() ? List.of()
                : last.values().stream().filter(o -> o.outcome() instanceof Outcome.TimedOut && o.drops().isEmpty()).map(Observation::probe)
                    .toList();
        }
        return List.copyOf(last.values());
    }

    private static String awaited(List<Observation> looked) {
        var shut = looked.stream().filter(o -> !opened(o.outcome())).toList();
        return "%s of %s flows of the baseline to open, the first of them %s".formatted(shut.size(), looked.size(),
            shut.getFirst().probe());
    }

    private static Dialling brief(int look) {
        var brief = FIRST_LOOK.multipliedBy(1L << Math.min(look, 10));
        return brief.compareTo(Dialling.DEFAULT.deadline()) < 0 ? new Dialling(brief, 0) : Dialling.DEFAULT;
    }

    private static List<Observation> ask(Cluster cluster, List<Probe> probes, Dialling how, ScenarioJournal journal) {
        if (probes.isEmpty()) return List.of();
        var observations = cluster.observe(probes, how, journal.asking(probes.size()));
        journal.observed(0, Entry.Purpose.BASELINE, observations);
        return observations;
    }

    void add(List<Observation> observations) {
        observations.forEach(o -> seen.putIfAbsent(o.probe(), o));
    }

    boolean open(Probe probe) {
        var observation = seen.get(probe);
        return observation != null && opened(observation.outcome());
    }

    /// Whether it was asked and the probe itself could not be made, so that nothing is known of it.
    boolean failed(Probe probe) {
        var observation = seen.get(probe);
        return observation != null && observation.outcome() instanceof Outcome.ProbeFailed;
    }

    /// What the baseline saw of a probe, or null where it was not asked.
    @Nullable Outcome outcome(Probe probe) {
        var observation = seen.get(probe);
        return observation == null ? null : observation.outcome();
    }

    /// The declared connections that were open, in the order in which they were asked; names are not among them.
    Set<Probe> openFlows() {
        return seen.values().stream()
            .filter(o -> o.probe() instanceof Probe.Reach && !remembered.contains(o.probe()) && opened(o.outcome()))
            .map(Observation::probe).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// How long the answer took, zero where there was none or the probe was not asked.
    Duration roundTrip(Probe probe) {
        var outcome = outcome(probe);
        return outcome == null ? Duration.ZERO : roundTrip(outcome);
    }

    static Duration roundTrip(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Connected(var roundTrip, _, _) -> roundTrip;
            case Outcome.Resolved(var roundTrip, _) -> roundTrip;
            case Outcome.TimedOut _, Outcome.Refused _, Outcome.Unreachable _, Outcome.Misdirected _, Outcome.Unresolved _, Outcome.ProbeFailed _ ->
                Duration.ZERO;
        };
    }

    static boolean opened(Outcome outcome) {
        return outcome instanceof Outcome.Connected || outcome instanceof Outcome.Resolved;
    }
}

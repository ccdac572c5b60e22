package dev.lockdown.report;

import dev.lockdown.flow.Outcome;
import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Gathers one scenario; of the raw observations only their number is kept, since there may be very many.
final class ScenarioBuilder {
    final Entry.ScenarioStarted started;
    final List<Entry.Canary> canaries = new ArrayList<>();
    final List<Entry.Applied> applied = new ArrayList<>();
    private final List<Entry.Judged> judged = new ArrayList<>();
    private CellCounts cells = CellCounts.NONE;
    final List<Entry.StepFinished> steps = new ArrayList<>();
    final List<WatchBuilder> watches = new ArrayList<>();
    final List<Entry.Disrupted> disrupted = new ArrayList<>();
    final Map<Integer, Entry.Healed> healed = new HashMap<>();
    private final List<Measured> measured = new ArrayList<>();
    final List<HeldBuilder> held = new ArrayList<>();
    final List<Entry.FateMeasured> fates = new ArrayList<>();
    Entry.@Nullable ScenarioFinished finished;
    private Probes probes = Probes.NONE;
    private TimeSpent spent = TimeSpent.NONE;
    private Instant last;
    private boolean changed;

    /// @param changes how many had been made before
    private record Measured(Entry.Measured entry, int changes) {}

    ScenarioBuilder(Entry.ScenarioStarted started) {
        this.started = started;
        last = started.at();
    }

    /// An entry of it has come, by which is known on what the time since the one before was spent.
    void came(Entry entry) {
        // Samples have no time of their own.
        if (entry.at().isBefore(last)) return;
        spent = spent.and(TimeSpent.part(entry, changed), Duration.between(last, entry.at()));
        last = entry.at();
        changed |= entry instanceof Entry.Applied(_, _, var line, _, _, _, _, _) && line > 0;
    }

    void judge(Entry.Judged entry) {
        judged.add(entry);
        cells = cells.plus(CellCounts.of(entry.judgement().cells()));
    }

    void letGoOfAgreed() {
        judged.removeIf(j -> j.judgement().cells().stream().allMatch(Cell::agrees));
    }

    WatchBuilder watch(int number) {
        return watches.stream().filter(w -> w.number() == number).findFirst().orElseThrow(() -> new IllegalArgumentException(
            "the journal tells of watch %s of %s before its start".formatted(Integer.toString(number), started.scenario())));
    }

    void measure(Entry.Measured entry) {
        measured.add(new Measured(entry, applied.size()));
    }

    /// What was measured, judged again from the samples.
    private List<Entry.Measured> measured() {
        return measured.stream()
            .map(m -> watch(m.entry().watch()).again(m.entry(), applied.subList(0, m.changes()), disruptions())).toList();
    }

    int timesMeasured() {
        return measured.size();
    }

    List<JudgedAgain.Difference> measuredOtherwise() {
        var again = measured();
        return IntStream.range(0, again.size()).filter(i -> !again.get(i).verdict().equals(measured.get(i).entry().verdict()))
            .mapToObj(i -> JudgedAgain.Difference.of(measured.get(i).entry(), again.get(i))).toList();
    }

    void held(Entry.OfHeld entry) {
        switch (entry) {
            case Entry.Held e -> held.add(new HeldBuilder(e));
            case Entry.Beats e -> connection(e.held()).add(e);
            case Entry.HeldEnded e -> connection(e.held()).ended(e);
            case Entry.FateMeasured e -> fates.add(e);
        }
    }

    private HeldBuilder connection(int number) {
        return held.stream().filter(h -> h.number() == number).findFirst().orElseThrow(() -> new IllegalArgumentException(
            "the journal tells of connection %s of %s before its start".formatted(Integer.toString(number), started.scenario())));
    }

    void observe(Entry.Observed observed) {
        long asked = observed.observations().size();
        boolean baseline = observed.purpose() == Entry.Purpose.BASELINE;
        long open = observed.observations().stream().filter(o -> isOpen(o.outcome())).count();
        probes = probes.plus(new Probes(asked, baseline ? asked : 0, baseline ? open : 0));
    }

    private static boolean isOpen(Outcome outcome) {
        return outcome instanceof Outcome.Connected || outcome instanceof Outcome.Resolved;
    }

    ScenarioRun scenario() {
        var judgedAgain = measured();
        var runs = IntStream.range(0, steps.size()).mapToObj(i -> step(i, judgedAgain)).toList();
        var setup = applied.stream().filter(a -> a.line() == 0).toList();
        return new ScenarioRun(started, canaries, setup, runs, watches.stream().map(WatchBuilder::watch).toList(),
            held.stream().map(HeldBuilder::run).toList(), disruptions(), probes, cells, spent, finished);
    }

    private List<DisruptionRun> disruptions() {
        return disrupted.stream().map(d -> new DisruptionRun(d, healed.get(d.disruption()))).toList();
    }

    private StepRun step(int index, List<Entry.Measured> measured) {
        return new StepRun(steps.get(index), of(index, applied.stream().filter(a -> a.line() != 0).toList(), Entry.Applied::line),
            of(index, judged, Entry.Judged::line), of(index, measured, Entry.Measured::line),
            of(index, fates, Entry.FateMeasured::line).stream().map(this::fate).toList());
    }

    private StepRun.FateAsked fate(Entry.FateMeasured recorded) {
        return new StepRun.FateAsked(recorded, connection(recorded.held()).again(recorded));
    }

    /// What carries the step's line. A line that is no step's (it did not finish, or a hook did the work) goes to the last step.
    private <E> List<E> of(int index, List<E> entries, ToIntFunction<E> line) {
        boolean last = index == steps.size() - 1;
        return entries.stream().filter(e -> {
            int at = line.applyAsInt(e);
            return at == steps.get(index).line() || last && steps.stream().noneMatch(s -> s.line() == at);
        }).toList();
    }
}

package dev.lockdown.trial;

import dev.lockdown.cluster.WaitListener;
import dev.lockdown.flow.Observation;
import dev.lockdown.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Writes one scenario's entries.
///
/// @param scenario the id that its entries carry
/// @param progress of what is asked, which is no entry
public record ScenarioJournal(String scenario, Consumer<Entry> entries, InstantSource clock, RoundProgress progress) {
    /// Without anybody who hears of progress.
    public ScenarioJournal(String scenario, Consumer<Entry> entries, InstantSource clock) {
        this(scenario, entries, clock, (_, _, _, _) -> {});
    }

    public Instant now() {
        return clock.instant();
    }

    public void write(Entry entry) {
        entries.accept(entry);
    }

    /// Writes down what is waited for.
    public WaitListener waits() {
        return new WaitListener() {
            @Override
            public void waiting(String what, Duration lasted) {
                write(new Entry.Waiting(now(), scenario, what, lasted, Entry.WaitState.GOES_ON));
            }

            @Override
            public void over(String what, Duration lasted, boolean met) {
                write(new Entry.Waiting(now(), scenario, what, lasted, met ? Entry.WaitState.MET : Entry.WaitState.IN_VAIN));
            }
        };
    }

    /// Tells how many of so many probes have been asked.
    IntConsumer asking(int all) {
        return asked -> progress.tell(scenario, now(), asked, all);
    }

    /// Write what was asked together; nothing where nothing was.
    void observed(int line, Entry.Purpose purpose, List<Observation> observations) {
        if (!observations.isEmpty()) write(new Entry.Observed(now(), scenario, line, purpose, observations));
    }
}

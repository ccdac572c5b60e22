package dev.lockdown.trial;

import dev.lockdown.flow.Observation;
import dev.lockdown.journal.Entry;
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

    /// Tells how many of so many probes have been asked.
    IntConsumer asking(int all) {
        return asked -> progress.tell(scenario, now(), asked, all);
    }

    /// Write what was asked together; nothing where nothing was.
    void observed(int line, Entry.Purpose purpose, List<Observation> observations) {
        if (!observations.isEmpty()) write(new Entry.Observed(now(), scenario, line, purpose, observations));
    }
}

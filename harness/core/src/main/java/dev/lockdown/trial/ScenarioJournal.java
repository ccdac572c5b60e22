package dev.lockdown.trial;

import dev.lockdown.flow.Observation;
import dev.lockdown.journal.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// Writes one scenario's entries.
///
/// @param scenario the id that its entries carry
public record ScenarioJournal(String scenario, Consumer<Entry> entries, InstantSource clock) {
    public Instant now() {
        return clock.instant();
    }

    public void write(Entry entry) {
        entries.accept(entry);
    }

    /// Write what was asked together; nothing where nothing was.
    void observed(int line, Entry.Purpose purpose, List<Observation> observations) {
        if (!observations.isEmpty()) write(new Entry.Observed(now(), scenario, line, purpose, observations));
    }
}

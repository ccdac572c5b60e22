package dev.lockdown.trial;

import dev.lockdown.journal.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Writes one scenario's entries.
///
/// @param scenario the id that its entries carry
public record Scribe(String scenario, Consumer<Entry> journal, InstantSource clock) {
    public Instant now() {
        return clock.instant();
    }

    public void write(Entry entry) {
        journal.accept(entry);
    }
}

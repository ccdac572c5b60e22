package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Wording;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Has the reasons of verdicts put into words by another thread while the journal is still read: they are made when they are first
/// asked for, which takes a page a third of its time. Hands on what it gets at once, on the thread that gives it.
public final class ReasonsAhead implements Consumer<Entry> {
    private final Consumer<Entry> next;
    private final Executor other;

    /// @param other may never run what it is given; then the page does
    public ReasonsAhead(Consumer<Entry> next, Executor other) {
        this.next = next;
        this.other = other;
    }

    @Override
    public void accept(Entry entry) {
        next.accept(entry);
        if (entry instanceof Entry.Judged judged)
            other.execute(() -> judged.judgement().cells().forEach(cell -> Wording.because(cell).size()));
    }
}

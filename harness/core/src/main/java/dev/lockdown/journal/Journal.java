package dev.lockdown.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes a run's entries, one JSON line each, in the order in which they are appended.
///
/// ```java
/// var folder = RunFolder.create(Path.of("reports"), Clock.systemDefaultZone());
/// try (var journal = Journal.in(folder)) {
///     journal.listen(terminal);
///     journal.append(new Entry.RunStarted(...));
/// }
/// ```
/// For use by several threads. A line goes to the kernel before [#append] returns, so a killed process loses none.
public final class Journal implements AutoCloseable {
    private final @Nullable Path file;
    private final OutputStream out;
    private @Nullable OutputStream samples;
    private final EntryWriter writer = new EntryWriter();
    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable JournalException failure;

    Journal(@Nullable Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /// Start the journal of a run.
    ///
    /// @throws JournalException if the file cannot be made
    public static Journal in(RunFolder folder) {
        try {
            // Not a channel: an interrupted thread would close it for all others.
            return new Journal(folder.journal(), new FileOutputStream(folder.journal().toFile(), true));
        } catch (IOException e) {
            throw JournalException.notWritten(folder.journal(), e);
        }
    }

    /// Start a journal that writes nowhere; only its listeners hear of the entries.
    public static Journal inMemory() {
        return new Journal(null, OutputStream.nullOutputStream());
    }

    /// Hear of every entry from now on, one at a time and in the order of the lines, on the thread that appends it.
    public void listen(Consumer<Entry> listener) {
        listeners.add(listener);
    }

    /// Write an entry, then tell the listeners, who hear of it even if it cannot be written.
    ///
    /// @throws JournalException the first time that it cannot be written. Nothing is written after that, because a journal
    ///     with a gap proves nothing; see [#failure]
    public void append(Entry entry) {
        // Outside the lock, since the entries of one scenario come from one thread at a time.
        byte[] line = file == null ? new byte[0] : writer.line(entry);
        synchronized (this) {
            try {
                write(line, entry instanceof Entry.Sampled || entry instanceof Entry.Beats);
            } finally {
                listeners.forEach(l -> l.accept(entry));
            }
        }
    }

    /// What [#append] or [#close] threw, or null. Whoever ends the run asks, since the thread that met it may have been any.
    public synchronized @Nullable JournalException failure() {
        return failure;
    }

    private void write(byte[] line, boolean sampled) {
        if (failure != null || file == null) return;
        try {
            (sampled ? samples(file) : out).write(line);
        } catch (IOException e) {
            failure = JournalException.notWritten(file, e);
            throw failure;
        }
    }

    /// Samples would bury what else the journal tells, so they stand in a file beside it.
    private OutputStream samples(Path journal) throws IOException {
        var open = samples;
        if (open == null) {
            open = new FileOutputStream(journal.resolveSibling(RunFolder.SAMPLES).toFile(), true);
            samples = open;
        }
        return open;
    }

    /// Close the files. Repeatable; what is appended afterwards is an error.
    @Override
    public synchronized void close() {
        try {
            out.close();
            if (samples != null) samples.close();
        } catch (IOException e) {
            if (failure != null || file == null) return;
            failure = JournalException.notWritten(file, e);
            throw failure;
        }
    }
}

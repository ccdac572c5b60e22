package dev.lockdown.journal;

import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells which lines of a journal could not be read.
final class LostLines {
    private static final int MOST_TOLD = 5;

    private final Path file;
    private final Consumer<String> notes;
    private int count;
    private int firstLine;
    private @Nullable String firstReason;

    LostLines(Path file, Consumer<String> notes) {
        this.file = file;
        this.notes = notes;
    }

    /// @param tail whether it is the end of a file that was being written
    /// @param scenarios of which something is lost
    void add(int number, boolean tail, String reason, Collection<String> scenarios) {
        count++;
        if (firstReason == null) {
            firstLine = number;
            firstReason = reason;
        }
        if (count > MOST_TOLD) return;
        var place = "%s:%s: ".formatted(file, Integer.toString(number));
        if (tail) notes.accept(place + "the last line is torn, as a killed run leaves it; it was left out");
        else
            notes.accept("%sthis line is torn or was changed (%s); it was left out%s".formatted(place, reason, scenarios.isEmpty() ? ""
                : ", and what was asked later in %s".formatted(String.join(", ", scenarios))));
    }

    /// @param anyRead whether there was a line that could be read
    /// @throws JournalException if the file is no journal at all
    void end(boolean anyRead) {
        if (firstReason != null && !anyRead) throw JournalException.none(file, firstLine, firstReason);
        if (count > MOST_TOLD) notes.accept("%s: %s more lines like that".formatted(file, Integer.toString(count - MOST_TOLD)));
    }
}

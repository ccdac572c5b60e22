package dev.lockdown.spec;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.journal.JournalException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// What this machine ran out of, somewhere behind a failure that says less: several at once, wrapped by Cucumber or a writer of reports.
final class Shortage {
    /// How Linux says ENOSPC, EDQUOT, EMFILE, ENOMEM, EFBIG, EROFS and EIO, whatever the JDK's call was.
    private static final List<String> SAID = List.of("No space left on device", "Disk quota exceeded", "Too many open files",
        "Cannot allocate memory", "File too large", "Read-only file system", "Input/output error");

    private Shortage() {}

    /// What to tell people instead of the failure's own message.
    static Optional<String> of(Throwable failure) {
        return behind(failure).stream().flatMap(t -> words(t).stream()).findFirst();
    }

    private static Optional<String> words(Throwable failure) {
        return switch (failure) {
            case JournalException e -> Optional.of(String.valueOf(e.getMessage()));
            case EnvironmentException e -> Optional.of(String.valueOf(e.getMessage()));
            case OutOfMemoryError e -> Optional.of("""
                there is not enough memory: %s
                  give it more (LOCKDOWN_JAVA_OPTS=-Xmx1g), run less at once (--threads 1), or raise the limit on processes (ulimit -u)"""
                .formatted(e.getMessage()));
            case FileSystemException e -> Optional.of(io(e));
            case FileNotFoundException e -> Optional.of(io(e));
            case IOException e when isSaid(e) -> Optional.of(io(e));
            case Throwable _ -> Optional.empty();
        };
    }

    private static boolean isSaid(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        return SAID.stream().anyMatch(message::contains);
    }

    private static String io(IOException failure) {
        return """
            a file could not be written or read: %s
              make room, raise the limit (ulimit -n, ulimit -f), or choose another place with --report DIR"""
            .formatted(failure.getMessage());
    }

    /// The failure and all that it comes from, the nearest first.
    private static List<Throwable> behind(Throwable failure) {
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        var waiting = new ArrayDeque<>(List.of(failure));
        var all = new ArrayList<Throwable>();
        while (!waiting.isEmpty()) {
            var next = waiting.remove();
            if (!seen.add(next)) continue;
            all.add(next);
            waiting.addAll(List.of(next.getSuppressed()));
            if (next.getCause() != null) waiting.add(next.getCause());
        }
        return all;
    }
}

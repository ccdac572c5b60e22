package dev.lockdown.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A journal that cannot be written or read: which file, why, and what to do.
public final class JournalException extends RuntimeException {
    private final boolean wrongFile;

    private JournalException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private JournalException(String message, @Nullable Throwable cause, boolean wrongFile) {
        super(message, cause);
        this.wrongFile = wrongFile;
    }

    /// Whether what was named as a journal is none, or none that can be read here; else something failed that should have worked.
    public boolean isWrongFile() {
        return wrongFile;
    }

    static JournalException noFolder(Path reports, IOException cause) {
        return new JournalException("""
                cannot make a run's folder in %s: %s
                  choose another place with --report DIR""".formatted(reports, reason(cause)), cause);
    }

    static JournalException notWritten(Path file, IOException cause) {
        return new JournalException(
            """
                cannot write %s: %s
                  what was seen from here on is not recorded, so this run proves nothing; make room, or choose another place with --report DIR"""
                .formatted(file, reason(cause)),
            cause);
    }

    static JournalException notRead(Path file, IOException cause) {
        return new JournalException("cannot read %s: %s".formatted(file, reason(cause)), cause);
    }

    static JournalException missing(Path file) {
        return new JournalException("""
                there is no journal at %s
                  expected a run's folder such as reports/20261122-140311, or its journal.jsonl""".formatted(file), null, true);
    }

    static JournalException none(Path file, int line, String why) {
        return new JournalException(
            """
                %s is no journal: line %s is not an entry: %s
                  expected a run's folder such as reports/20261122-140311, or its journal.jsonl""".formatted(file, Integer.toString(line),
                why),
            null, true);
    }

    static JournalException older(Path file, int schema, int known) {
        return new JournalException("""
                %s:1: the journal has schema %s, and this Lockdown reads schema %s, which records every round
                  read it with the Lockdown that wrote it, or run the features again""".formatted(file, schema, known), null, true);
    }

    static JournalException newer(Path file, int schema, int known) {
        return new JournalException("""
                %s:1: the journal has schema %s, and this Lockdown reads up to %s
                  read it with the Lockdown that wrote it, or a newer one""".formatted(file, schema, known), null, true);
    }

    /// The reason alone: messages of file system exceptions begin with the file's name again.
    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException e -> "%s is not a directory".formatted(e.getFile());
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }
}

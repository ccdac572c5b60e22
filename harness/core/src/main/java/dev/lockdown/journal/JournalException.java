package dev.lockdown.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A journal that cannot be written or read: which file, why, and what to do.
public final class JournalException extends RuntimeException {
    private JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
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
                  expected a run's folder such as reports/20261122-140311, or its journal.jsonl""".formatted(file), null);
    }

    static JournalException corrupt(Path file, int line, String why) {
        return new JournalException("""
                %s:%s: this line is not an entry of a journal: %s
                  the file was changed or damaged after the run; nothing is computed from it""".formatted(file, line, why), null);
    }

    static JournalException older(Path file, int schema, int known) {
        return new JournalException("""
                %s:1: the journal has schema %s, and this Lockdown reads schema %s, which records every round
                  read it with the Lockdown that wrote it, or run the features again""".formatted(file, schema, known), null);
    }

    static JournalException newer(Path file, int schema, int known) {
        return new JournalException("""
                %s:1: the journal has schema %s, and this Lockdown reads up to %s
                  read it with the Lockdown that wrote it, or a newer one""".formatted(file, schema, known), null);
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

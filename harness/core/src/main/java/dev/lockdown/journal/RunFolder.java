package dev.lockdown.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The folder of one run, and the names of what a run leaves in it.
public record RunFolder(Path path) {
    static final String SAMPLES = "samples.jsonl";
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /// Make a folder of one's own, named after the second in which the run starts.
    ///
    /// Runs that start in the same second get `-2`, `-3` and so on. Making a directory is atomic, so no two runs share one.
    ///
    /// @param reports is made where it is missing
    /// @param clock its zone is that of the name
    /// @throws JournalException if it cannot be made
    public static RunFolder create(Path reports, Clock clock) {
        return create(reports, clock, new FileAttribute<?>[0]);
    }

    /// The same, for its owner alone.
    public static RunFolder createPrivate(Path reports, Clock clock) {
        return create(reports, clock, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static RunFolder create(Path reports, Clock clock, FileAttribute<?>... attributes) {
        var id = ID.format(LocalDateTime.now(clock));
        try {
            Files.createDirectories(reports);
            var path = reports.resolve(id);
            for (int suffix = 2; !isMade(path, attributes); suffix++) path = reports.resolve(id + "-" + suffix);
            return new RunFolder(path);
        } catch (IOException e) {
            throw JournalException.noFolder(reports, e);
        }
    }

    private static boolean isMade(Path path, FileAttribute<?>... attributes) throws IOException {
        try {
            Files.createDirectory(path, attributes);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    /// The run's name, such as `20261122-140311`.
    public String id() {
        return String.valueOf(path.getFileName());
    }

    /// The working folder as it is seen from this one, or null where that cannot be said; see [#from].
    public @Nullable String base() {
        try {
            return path.toRealPath().relativize(Path.of("").toRealPath()).toString();
        } catch (IOException | IllegalArgumentException _) {
            return null;
        }
    }

    /// The folder in which relative paths of a run begin; the working folder where that is not known or no longer there.
    ///
    /// @param base as [#base] said it when the run began
    public Path from(@Nullable String base) {
        if (base == null) return Path.of("");
        try {
            var folder = path.toRealPath().resolve(base).normalize();
            return Files.isDirectory(folder) ? folder : Path.of("");
        } catch (IOException _) {
            return Path.of("");
        }
    }

    public Path journal() {
        return path.resolve("journal.jsonl");
    }

    /// Only of runs that watched flows.
    public Path samples() {
        return path.resolve(SAMPLES);
    }

    /// Only of runs that watched flows.
    public Path windows() {
        return path.resolve("windows.json");
    }

    public Path html() {
        return path.resolve("report.html");
    }

    public Path junit() {
        return path.resolve("junit.xml");
    }

    /// Only of runs of the conformance set.
    public Path conformanceMarkdown() {
        return path.resolve("conformance.md");
    }

    /// Only of runs of the conformance set.
    public Path conformanceJson() {
        return path.resolve("conformance.json");
    }

    /// Only of runs of the conformance set.
    public Path conformanceReport() {
        return path.resolve("conformance-report.yaml");
    }
}

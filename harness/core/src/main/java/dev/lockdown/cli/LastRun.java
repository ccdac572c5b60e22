package dev.lockdown.cli;

import dev.lockdown.journal.OldRuns;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the last run is, for `--failed` without a folder.
final class LastRun {
    private final Path file;

    /// @param state what is remembered from one command to the next
    LastRun(Path state) {
        this.file = state.resolve("last-run");
    }

    /// Remember a run that begins. Where the clone may not be written to, nothing is remembered.
    void remember(RunFolder folder) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, folder.path().toAbsolutePath() + "\n");
        } catch (IOException _) {
            // The folder of reports is asked instead.
        }
    }

    /// Find the newest run in a folder of reports.
    ///
    /// @throws InputException if there is none
    static Path in(Path reports) {
        return newest(reports)
            .orElseThrow(() -> new InputException("there is no earlier run in %s; name its folder: --failed RUN".formatted(reports)));
    }

    /// Find the last run: that which was remembered, if it is still there, or a later one of the suite of the folder that the user is in.
    ///
    /// @param suites where such a suite leaves its runs
    /// @param reports is looked into where neither is there
    /// @throws InputException if there is none
    Path find(Path suites, Path reports) {
        return Stream.concat(remembered().stream(), newest(suites).stream()).max(Comparator.comparing(p -> new RunFolder(p).id()))
            .orElseGet(() -> in(reports));
    }

    private static Optional<Path> newest(Path reports) {
        try {
            return new OldRuns(reports).newest().map(RunFolder::path);
        } catch (IOException e) {
            throw new InputException("the runs in %s cannot be listed: %s".formatted(reports, e.getMessage()));
        }
    }

    private Optional<Path> remembered() {
        try {
            var path = Path.of(Files.readString(file).stripTrailing());
            return Files.exists(new RunFolder(path).journal()) ? Optional.of(path) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}

package dev.lockdown.journal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The folders of earlier runs, of which the oldest are removed.
///
/// A folder is ours if it is named like a run and holds a journal; all others in the folder of reports are left alone.
public final class OldRuns {
    private static final Pattern ID = Pattern.compile("(?<second>[0-9]{8}-[0-9]{6})(?:-(?<suffix>[0-9]{1,9}))?");

    private final Path reports;

    public OldRuns(Path reports) {
        this.reports = reports;
    }

    /// Remove all runs but the newest ones, and those that are still being written.
    ///
    /// @param keep how many stay, at least 1
    /// @param own a run of this process, which stays and counts; null where there is none
    /// @return what was removed, the oldest first
    /// @throws IOException if a folder cannot be listed or removed
    public List<Path> prune(int keep, @Nullable RunFolder own) throws IOException {
        if (keep < 1) throw new IllegalArgumentException("%s runs cannot be kept; at least 1".formatted(keep));
        var runs = runs();
        var removed = new ArrayList<Path>();
        for (var run : runs.subList(0, Math.max(0, runs.size() - keep))) {
            if (own != null && run.path().getFileName().equals(own.path().getFileName()) || RunLock.isHeld(run)) continue;
            remove(run);
            removed.add(run.path());
        }
        return removed;
    }

    /// Give the run that began last, if there is one.
    ///
    /// @throws IOException if the folder cannot be listed
    public Optional<RunFolder> newest() throws IOException {
        var runs = runs();
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.getLast());
    }

    /// The oldest first.
    private List<RunFolder> runs() throws IOException {
        if (!Files.isDirectory(reports)) return List.of();
        try (var children = Files.list(reports)) {
            return children.filter(OldRuns::isOurs).map(RunFolder::new)
                .sorted(Comparator.comparing((RunFolder r) -> id(r.path()).group("second")).thenComparingInt(OldRuns::suffix)).toList();
        }
    }

    private static boolean isOurs(Path path) {
        return id(path).matches() && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(new RunFolder(path).journal());
    }

    private static Matcher id(Path path) {
        var matcher = ID.matcher(String.valueOf(path.getFileName()));
        matcher.matches();
        return matcher;
    }

    private static int suffix(RunFolder run) {
        var suffix = id(run.path()).group("suffix");
        return suffix == null ? 1 : Integer.parseInt(suffix);
    }

    /// The journal goes last: what is left of an interrupted removal is still known as ours by the next one.
    private static void remove(RunFolder run) throws IOException {
        Files.walkFileTree(run.path(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(run.journal())) Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /// Another run may be removing the same.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) throw e;
                if (folder.equals(run.path())) Files.deleteIfExists(run.journal());
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

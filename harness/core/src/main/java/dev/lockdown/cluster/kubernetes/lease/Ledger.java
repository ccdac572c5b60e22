package dev.lockdown.cluster.kubernetes.lease;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a run made in a cluster, written down before it counts as the run's own; a run that ends well leaves none. Thread-safe.
///
/// One line an object: kind, namespace (or `-`), name and UID. The first line names the cluster's API, the second the run's process
/// where that can be told, or `kept` for a run that shall leave what it made.
public final class Ledger {
    private static final String PROCESS = "process ";

    private final Path file;

    private Ledger(Path file) {
        this.file = file;
    }

    /// @param process of the run, or null where it cannot be told
    public static Ledger open(Path file, String api, @Nullable HolderProcess process, boolean keep) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, "api %s%n".formatted(api) + (keep ? "kept\n" : process == null ? "" : PROCESS + process + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written, in which everything made in the cluster is noted".formatted(file), e);
        }
        return new Ledger(file);
    }

    /// The runs on the cluster of this API that a folder has ledgers of, and whose processes are proven to be gone.
    public static Set<String> gone(Path folder, String api) {
        var gone = new TreeSet<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var head = head(file);
                var process = head.size() < 2 || !head.getFirst().equals("api " + api) || !head.getLast().startsWith(PROCESS) ? null
                    : HolderProcess.parse(head.getLast().substring(PROCESS.length()));
                if (process != null && process.isGone()) gone.add(file.getFileName().toString());
            }
        } catch (IOException e) {
            // They are told by `doctor --sweep` all the same.
        }
        return gone;
    }

    /// The first two lines; none where it is something else than a ledger.
    private static List<String> head(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.limit(2).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /// Remove the ledgers of runs that left nothing any more.
    public static void discard(Path folder, Collection<String> runs) {
        try {
            for (var run : runs) Files.deleteIfExists(folder.resolve(run));
        } catch (IOException e) {
            // They are tried again by the next run.
        }
    }

    /// Remove the ledgers of runs that have nothing left on the cluster of this API.
    ///
    /// @return their runs
    public static List<String> forget(Path folder, String api, Set<String> left) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        var forgotten = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var run = file.getFileName().toString();
                try (var lines = Files.lines(file)) {
                    if (left.contains(run) || !lines.findFirst().orElse("").equals("api " + api)) continue;
                }
                Files.delete(file);
                forgotten.add(run);
            }
        }
        return forgotten;
    }

    public synchronized void made(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        try {
            Files.writeString(file, "%s %s %s %s%n".formatted(object.getKind(), namespace == null ? "-" : namespace,
                object.getMetadata().getName(), object.getMetadata().getUid()), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(file), e);
        }
    }

    /// Everything is removed again.
    public synchronized void settled() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(file), e);
        }
    }
}

package dev.lockdown.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a run made in a cluster, written down before it counts as the run's own; a run that ends well leaves none. Thread-safe.
///
/// One line an object: kind, namespace (or `-`), name and UID. The first names the cluster's API.
final class Ledger {
    private final Path file;

    private Ledger(Path file) {
        this.file = file;
    }

    static Ledger open(Path file, String api) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, "api %s%n".formatted(api));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written, in which everything made in the cluster is noted".formatted(file), e);
        }
        return new Ledger(file);
    }

    /// Remove the ledgers of runs that have nothing left on the cluster of this API.
    ///
    /// @return their runs
    static List<String> forget(Path folder, String api, Set<String> left) throws IOException {
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

    synchronized void made(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        try {
            Files.writeString(file, "%s %s %s %s%n".formatted(object.getKind(), namespace == null ? "-" : namespace,
                object.getMetadata().getName(), object.getMetadata().getUid()), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(file), e);
        }
    }

    /// Everything is removed again.
    synchronized void settled() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(file), e);
        }
    }
}

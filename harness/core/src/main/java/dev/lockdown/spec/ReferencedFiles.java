package dev.lockdown.spec;

import dev.lockdown.state.InputException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds a file that a step names: beside the feature, or from the working folder.
public final class ReferencedFiles {

    private ReferencedFiles() {}

    public static Path find(String file, String feature) {
        var plain = Path.of(file);
        if (Files.exists(plain)) return plain;
        for (var folder = folder(feature); folder != null; folder = folder.getParent()) {
            var beside = folder.resolve(file);
            if (Files.exists(beside)) return beside;
        }
        throw InputException.about(file,
            "there is no file or folder \"%s\", neither from the working folder (%s) nor beside the feature or above it".formatted(
                file, Path.of("").toAbsolutePath()));
    }

    private static @Nullable Path folder(String feature) {
        var path = feature.startsWith("file:") ? Path.of(URI.create(feature)) : Path.of(feature);
        return path.toAbsolutePath().getParent();
    }
}

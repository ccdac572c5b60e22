package dev.lockdown.history;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The path by which a feature is found again in runs that were started elsewhere: from the root of the working copy or of the Lockdown that
/// holds it. What is in neither, or no file at all, is known as it was typed.
public final class FeaturePath {
    private FeaturePath() {}

    /// @param typed absolute, or from the working directory
    public static String of(String typed) {
        var root = root(typed);
        return root == null ? typed : root.relativize(absolute(typed)).toString();
    }

    /// The same of a scenario's place: a feature and a line.
    public static String ofPlace(String typed) {
        int colon = typed.lastIndexOf(':');
        return colon < 0 ? of(typed) : of(typed.substring(0, colon)) + typed.substring(colon);
    }

    private static @Nullable Path root(String typed) {
        try {
            if (!Files.isRegularFile(Path.of(typed))) return null;
        } catch (InvalidPathException e) {
            return null;
        }
        for (var folder = absolute(typed).getParent(); folder != null; folder = folder.getParent())
            if (Files.exists(folder.resolve(".git")) || isLockdown(folder)) return folder;
        return null;
    }

    /// As an archive is unpacked, which is no working copy.
    private static boolean isLockdown(Path folder) {
        return Files.isRegularFile(folder.resolve("lockdown")) && Files.isDirectory(folder.resolve("features"));
    }

    private static Path absolute(String typed) {
        return Path.of(typed).toAbsolutePath().normalize();
    }
}

package dev.lockdown.check;

import dev.lockdown.spec.ReferencedFiles;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which files a feature depends on: itself, and what its steps name.
public final class FeatureFileUse {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private FeatureFileUse() {}

    /// Give the absolute paths of a feature and of all files and folders whose names stand in quotes in it. Names that are none of a file
    /// are left out; a name that is a file's by chance is one file too many.
    public static Set<Path> of(Path feature) {
        var used = new TreeSet<Path>();
        used.add(absolute(feature));
        QUOTED.matcher(text(feature)).results().map(m -> m.group(1)).distinct().forEach(name -> {
            try {
                used.add(absolute(ReferencedFiles.find(name, feature.toString())));
            } catch (InputException | InvalidPathException _) {
                // A pod, a namespace, a policy.
            }
        });
        return used;
    }

    private static String text(Path feature) {
        try {
            return Files.readString(feature);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(feature), e);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}

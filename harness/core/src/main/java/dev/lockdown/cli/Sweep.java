package dev.lockdown.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

/// Removes what earlier runs left in the clone. An embedded cluster leaves nothing: it ends with its process.
final class Sweep {
    private static final Pattern LEFTOVER = Pattern.compile("defect-[0-9]+\\.txt");

    private final Surroundings surroundings;

    Sweep(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void run() throws IOException {
        var state = surroundings.home().resolve(".lockdown");
        if (!Files.isDirectory(state)) return;
        try (var files = Files.list(state)) {
            for (var file : files.filter(f -> LEFTOVER.matcher(f.getFileName().toString()).matches()).toList()) {
                Files.delete(file);
                surroundings.err().println("removed " + file);
            }
        }
    }
}

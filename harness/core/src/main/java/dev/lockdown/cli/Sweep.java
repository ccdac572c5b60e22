package dev.lockdown.cli;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.k3s.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

/// Removes what earlier runs left: files in the clone, and containers of k3s. An embedded cluster leaves nothing: it ends with its process.
final class Sweep {
    private static final Pattern LEFTOVER = Pattern.compile("defect-[0-9]+\\.txt");

    private final ProcessContext context;

    Sweep(ProcessContext context) {
        this.context = context;
    }

    void run() throws IOException {
        containers();
        var state = context.state();
        if (!Files.isDirectory(state)) return;
        try (var files = Files.list(state)) {
            for (var file : files.filter(f -> LEFTOVER.matcher(f.getFileName().toString()).matches()).toList()) {
                Files.delete(file);
                context.err().println("removed " + file);
            }
        }
    }

    /// Of runs that are over; those of a run that still goes on stay.
    private void containers() {
        if (!Leftovers.couldBe()) return;
        try {
            for (var leftover : Leftovers.find()) {
                context.err().println("removing " + leftover.what());
                Leftovers.remove(leftover);
            }
        } catch (EnvironmentException e) {
            context.err().println("warning: containers of earlier runs were not looked for: " + e.getMessage());
        }
    }
}

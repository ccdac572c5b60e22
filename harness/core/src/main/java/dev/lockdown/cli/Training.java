package dev.lockdown.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Does in one process, without a trace, what commands do when they start, so that the JVM can keep it for the next time.
final class Training {
    private final Surroundings surroundings;

    Training(Surroundings surroundings) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        this.surroundings = new Surroundings(surroundings.home(), nowhere, nowhere, surroundings.terminal(), surroundings.cleanup(),
            surroundings.clock());
    }

    /// @return how the training's own feature ended
    ExitStatus run() throws IOException {
        var folder = Files.createTempDirectory("lockdown-training");
        try {
            var feature = folder.resolve("training.feature");
            try (var text = Objects.requireNonNull(Training.class.getResourceAsStream("training.feature"))) {
                Files.copy(text, feature);
            }
            types("--version");
            types("rnu");
            return types("run", feature.toString(), "--report", folder.toString());
        } finally {
            delete(folder);
        }
    }

    private ExitStatus types(String... words) {
        return new CommandTree(surroundings, Map.of()).run(List.of(words));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}

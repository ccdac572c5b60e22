package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Does in one process what commands do when they start, a small run with all its reports included, and its report again, so that the JVM can keep it for the
/// next time. Leaves nothing behind.
final class Training {
    private static final List<String> FEATURES = List.of("features/allow-all.feature", "features/aftermath.feature");

    private final ProcessContext context;

    Training(ProcessContext context) {
        this.context = context;
    }

    ExitStatus run() throws IOException {
        var folder = Files.createTempDirectory("lockdown-training");
        try {
            // A clone of its own, so that the user's last run stays the last.
            var nowhere = new PrintWriter(Writer.nullWriter());
            var own = new ProcessContext(folder, nowhere, nowhere, context.terminal(), context.cleanup(), context.clock());
            var reports = folder.resolve("reports");
            for (var command : commands(reports)) train(own, command);
            for (var run : runs(reports)) train(own, List.of("report", run.toString()));
        } finally {
            delete(folder);
        }
        return ExitStatus.OK;
    }

    private static void train(ProcessContext own, List<String> command) {
        new CommandTree(own, Map.of()).run(command);
    }

    private static List<Path> runs(Path reports) throws IOException {
        try (var folders = Files.list(reports)) {
            return folders.filter(Files::isDirectory).toList();
        }
    }

    private List<List<String>> commands(Path reports) {
        var features = FEATURES.stream().map(feature -> context.atHome(feature).toString()).toList();
        return List.of(List.of("--version"), List.of("check", features.getFirst(), features.getLast()),
            List.of("run", features.getFirst(), features.getLast(), "--report", reports.toString(), "--threads", "2"),
            List.of("rnu"));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}

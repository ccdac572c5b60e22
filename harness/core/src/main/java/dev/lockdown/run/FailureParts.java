package dev.lockdown.run;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.RerunCommand;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Puts the run's own part into the folders of failed scenarios: their lines of the journal, and the command that repeats each.
final class FailureParts {
    private FailureParts() {}

    static void write(Run run, RunFolder folder) throws IOException {
        for (var scenario : run.scenarios()) {
            var evidence = scenario.evidence();
            if (evidence != null && Files.isDirectory(folder.path().resolve(evidence)))
                write(run, scenario, folder, folder.path().resolve(evidence));
        }
    }

    private static void write(Run run, ScenarioRun scenario, RunFolder folder, Path to) throws IOException {
        Files.writeString(to.resolve("rerun.txt"), RerunCommand.of(run, scenario) + "\n");
        cut(folder.journal(), scenario, to.resolve("journal.jsonl"));
        cut(folder.samples(), scenario, to.resolve("samples.jsonl"));
    }

    /// The lines of one scenario, and those of the run as a whole, so that the part can be read by itself.
    private static void cut(Path from, ScenarioRun scenario, Path to) throws IOException {
        if (!Files.exists(from)) return;
        var id = "\"scenario\":\"%s\"".formatted(new String(JsonStringEncoder.getInstance().quoteAsString(scenario.started().scenario())));
        try (var lines = Files.lines(from, StandardCharsets.UTF_8); var out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            for (var line : (Iterable<String>) lines::iterator)
                if (line.contains(id) || !line.contains("\"scenario\":\"")) out.append(line).append('\n');
        }
    }
}

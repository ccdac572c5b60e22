package dev.lockdown.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/// Does in one process, without a trace, what commands do when they start, so that the JVM can keep it for the next time.
final class Training {
    private static final List<List<String>> COMMANDS = List.of(List.of("--version"), List.of("run"), List.of("rnu"));

    private final Surroundings surroundings;

    Training(Surroundings surroundings) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        this.surroundings = new Surroundings(surroundings.home(), nowhere, nowhere, surroundings.terminal(), surroundings.cleanup(),
            surroundings.clock());
    }

    ExitStatus run() {
        for (var command : COMMANDS) new CommandTree(surroundings, Map.of()).run(command);
        return ExitStatus.OK;
    }
}

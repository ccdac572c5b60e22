package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Types command lines and keeps what they print.
final class Typist {
    static final Instant NOW = Instant.parse("2026-11-22T14:03:11Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ProcessContext context;

    Typist(Path home) {
        this(home, InstantSource.fixed(NOW));
    }

    /// @param clock for what takes time
    Typist(Path home, InstantSource clock) {
        context =
            new ProcessContext(home, new PrintWriter(out, true), new PrintWriter(err, true), new TerminalTraits(100, false, false, true),
                new Cleanup(), clock);
    }

    ExitStatus types(String... words) {
        return new CommandTree(context, Map.of()).run(List.of(words));
    }

    ProcessContext context() {
        return context;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}

package dev.lockdown.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// What a command sees of the process that it runs in.
///
/// @param home the top folder of the clone or of what was shipped, where features/ and fixtures/ are
/// @param state a folder for what is remembered from one command to the next
/// @param out standard output
/// @param err standard error
/// @param cleanup what is given back even if the process is interrupted
record ProcessContext(Path home, Path state, PrintWriter out, PrintWriter err, TerminalTraits terminal, Cleanup cleanup,
        InstantSource clock) {

    /// One that remembers in its home, as a clone does.
    ProcessContext(Path home, PrintWriter out, PrintWriter err, TerminalTraits terminal, Cleanup cleanup, InstantSource clock) {
        this(home, home.resolve(".lockdown"), out, err, terminal, cleanup, clock);
    }

    /// The same with another standard output.
    ProcessContext printing(PrintWriter elsewhere) {
        return new ProcessContext(home, state, elsewhere, err, terminal, cleanup, clock);
    }

    /// Whether the command was typed in the clone.
    boolean isAtHome() {
        return Path.of("").toAbsolutePath().startsWith(home.toAbsolutePath().normalize());
    }

    /// Where runs go for which nothing else is said: beside the features, or where the command was typed if that is somebody else's place.
    Path reports() {
        var there = atHome("reports");
        var folder = Files.exists(there) ? there : home.toAbsolutePath();
        return !Files.exists(folder) || Files.isWritable(folder) ? there : Path.of("reports");
    }

    /// A path in the clone, as short as it can be written where the command was typed.
    Path atHome(String path) {
        var here = Path.of("").toAbsolutePath();
        var there = home.toAbsolutePath().resolve(path).normalize();
        return there.startsWith(here) ? here.relativize(there) : there;
    }
}

package dev.lockdown.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;

/// What a command sees of the process that it runs in.
///
/// @param home the clone's top folder, where features/ and reports/ are
/// @param out standard output
/// @param err standard error
/// @param cleanup what is given back even if the process is interrupted
record ProcessContext(Path home, PrintWriter out, PrintWriter err, TerminalTraits terminal, Cleanup cleanup, InstantSource clock) {

    /// The same with another standard output.
    ProcessContext printing(PrintWriter elsewhere) {
        return new ProcessContext(home, elsewhere, err, terminal, cleanup, clock);
    }

    /// Whether the command was typed in the clone.
    boolean isAtHome() {
        return Path.of("").toAbsolutePath().startsWith(home.toAbsolutePath().normalize());
    }

    /// A path in the clone, as short as it can be written where the command was typed.
    Path atHome(String path) {
        var here = Path.of("").toAbsolutePath();
        var there = home.toAbsolutePath().resolve(path).normalize();
        return there.startsWith(here) ? here.relativize(there) : there;
    }
}

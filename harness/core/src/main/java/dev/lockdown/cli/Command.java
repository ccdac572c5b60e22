package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command: how it is typed, and what it does.
///
/// Commands are described by picocli's builders instead of its annotations: reflection would cost a fifth of a second of every start.
interface Command {

    /// Its name, options, parameters, help and subcommands. The command itself is the user object.
    CommandSpec spec();

    /// @param typed valid by itself, as far as picocli can tell
    /// @throws picocli.CommandLine.ParameterException if the arguments do not fit together
    ExitStatus run(ParseResult typed) throws IOException, InterruptedException;
}

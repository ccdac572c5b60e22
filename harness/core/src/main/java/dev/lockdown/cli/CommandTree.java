package dev.lockdown.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Every command, put together by hand: what a command needs is given to its constructor.
final class CommandTree {
    private final Surroundings surroundings;

    CommandTree(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// Run one command line.
    ///
    /// @return the exit status' code
    int run(List<String> arguments) {
        var failures = new Failures(surroundings);
        try {
            return tree()
                .setExecutionExceptionHandler((e, _, _) -> failures.tell(e, arguments).code())
                .execute(arguments.toArray(String[]::new));
        } catch (Error e) { // picocli catches exceptions only
            return failures.tell(e, arguments).code();
        }
    }

    private CommandLine tree() {
        var tree = new CommandLine(new LockdownCommand(surroundings))
            .addSubcommand(new RunCommand(surroundings))
            .addSubcommand(new StepsCommand(surroundings))
            .addSubcommand(new ReportCommand(surroundings))
            .addSubcommand(new DoctorCommand(surroundings))
            .addSubcommand(new DevCommand(surroundings));
        tree.getCommandSpec().usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(Stream.of(ExitStatus.values())
            .sorted(Comparator.comparing(ExitStatus::code))
            .collect(Collectors.toMap(s -> String.valueOf(s.code()), ExitStatus::meaning, (a, _) -> a, LinkedHashMap::new)));
        return tree
            .setOut(surroundings.out())
            .setErr(surroundings.err())
            .setParameterExceptionHandler(new UsageErrors())
            .setUsageHelpWidth(Math.clamp(surroundings.terminal().width(), 60, 120))
            .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.terminal().colour() ? Ansi.ON : Ansi.OFF));
    }
}

package dev.lockdown.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Every command. What a command needs is given to its constructor.
final class CommandTree {
    private final Surroundings surroundings;
    private final Map<String, String> environment;

    CommandTree(Surroundings surroundings, Map<String, String> environment) {
        this.surroundings = surroundings;
        this.environment = environment;
    }

    /// Run one command line.
    ExitStatus run(List<String> arguments) {
        try {
            return run(tree(arguments).parseArgs(arguments.toArray(String[]::new)));
        } catch (ParameterException e) {
            return new UsageErrors(surroundings.err()).tell(e);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            return new Failures(surroundings).tell(e, arguments);
        }
    }

    private CommandLine tree(List<String> arguments) {
        var spec = new LockdownCommand().spec();
        for (var command : commands(arguments)) {
            var sub = command.spec();
            spec.addSubcommand(sub.name(), sub);
        }
        return new CommandLine(spec)
            .setOut(surroundings.out())
            .setUsageHelpWidth(Math.clamp(surroundings.terminal().width(), 60, 120))
            .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.terminal().colour() ? Ansi.ON : Ansi.OFF));
    }

    /// The one that is named, as describing them all takes time; all of them for the help, and for what is typed wrongly.
    private List<Command> commands(List<String> arguments) {
        var all = new LinkedHashMap<String, Supplier<Command>>();
        all.put("run", () -> new RunCommand(surroundings, environment));
        all.put("table", () -> new TableCommand(surroundings, environment));
        all.put("explain", () -> new ExplainCommand(surroundings));
        all.put("steps", () -> new StepsCommand(surroundings));
        all.put("report", () -> new ReportCommand(surroundings));
        all.put("doctor", () -> new DoctorCommand(surroundings, environment));
        all.put("dev", () -> new DevCommand(surroundings));
        var named = arguments.isEmpty() ? null : all.get(arguments.getFirst());
        return named == null ? all.values().stream().map(Supplier::get).toList() : List.of(named.get());
    }

    private ExitStatus run(ParseResult whole) throws IOException, InterruptedException {
        var typed = whole;
        while (typed.hasSubcommand()) typed = typed.subcommand();
        var line = typed.commandSpec().commandLine();
        if (typed.isUsageHelpRequested()) line.usage(surroundings.out());
        else if (typed.isVersionHelpRequested()) line.printVersionHelp(surroundings.out());
        else return ((Command) typed.commandSpec().userObject()).run(typed);
        return ExitStatus.OK;
    }
}

package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.util.Collection;
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
    private final ProcessContext context;
    private final Map<String, String> environment;

    CommandTree(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    /// Run one command line.
    ExitStatus run(List<String> arguments) {
        try {
            return run(tree(arguments).parseArgs(arguments.toArray(String[]::new)));
        } catch (ParameterException e) {
            return new UsageErrors(context.err()).tell(e);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            return new Failures(context).tell(e, arguments);
        }
    }

    /// With every command.
    CommandLine whole() {
        return tree(commands(List.of()));
    }

    private CommandLine tree(List<String> arguments) {
        return tree(commands(arguments));
    }

    private CommandLine tree(Collection<Command> commands) {
        var spec = new LockdownCommand().spec();
        for (var command : commands) {
            var sub = command.spec();
            spec.addSubcommand(sub.name(), sub);
        }
        return new CommandLine(spec)
            .setOut(context.out())
            .setUsageHelpWidth(Math.clamp(context.terminal().width(), 60, 120))
            .setColorScheme(CommandLine.Help.defaultColorScheme(context.terminal().colour() ? Ansi.ON : Ansi.OFF));
    }

    /// The one that is named, as describing them all takes time; all of them for the help, and for what is typed wrongly.
    private List<Command> commands(List<String> arguments) {
        var all = all();
        var named = arguments.isEmpty() ? null : all.get(arguments.getFirst());
        return named == null ? all.values().stream().map(Supplier::get).toList() : List.of(named.get());
    }

    private Map<String, Supplier<Command>> all() {
        var all = new LinkedHashMap<String, Supplier<Command>>();
        all.put("run", () -> new RunCommand(context, environment));
        all.put("check", () -> new CheckCommand(context, environment));
        all.put("watch", () -> new WatchCommand(context, environment));
        all.put("table", () -> new TableCommand(context, environment));
        all.put("rehearse", () -> new RehearseCommand(context, environment));
        all.put("explain", () -> new ExplainCommand(context, environment));
        all.put("fingerprint", () -> new FingerprintCommand(context, environment));
        all.put("steps", () -> new StepsCommand(context));
        all.put("report", () -> new ReportCommand(context));
        all.put("nightly", () -> new NightlyCommand(context));
        all.put("compare", () -> new CompareCommand(context));
        all.put("init", () -> new InitCommand(context));
        all.put("doctor", () -> new DoctorCommand(context, environment));
        all.put("package", () -> new PackageCommand(context));
        all.put("completion", () -> new CompletionCommand(context, this::whole));
        all.put("dev", () -> new DevCommand(context, this::whole));
        return all;
    }

    private ExitStatus run(ParseResult whole) throws IOException, InterruptedException {
        var typed = whole;
        while (typed.hasSubcommand()) typed = typed.subcommand();
        var line = typed.commandSpec().commandLine();
        if (typed.isUsageHelpRequested()) line.usage(context.out());
        else if (typed.isVersionHelpRequested()) line.printVersionHelp(context.out());
        else return ((Command) typed.commandSpec().userObject()).run(typed);
        return ExitStatus.OK;
    }
}

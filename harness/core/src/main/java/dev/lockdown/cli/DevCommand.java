package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown dev`: what proves the harness itself.
final class DevCommand implements Command {
    private final ProcessContext context;
    private final Supplier<CommandLine> all;

    /// @param all the command line with every command
    DevCommand(ProcessContext context, Supplier<CommandLine> all) {
        this.context = context;
        this.all = all;
    }

    private interface Action {
        ExitStatus run() throws IOException;
    }

    private record Part(String name, String description, Action action) implements Command {
        @Override
        public CommandSpec spec() {
            return Options.command(this, name, description);
        }

        @Override
        public ExitStatus run(ParseResult typed) throws IOException {
            return action.run();
        }
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "dev", "Everything that proves the harness itself.");
        add(spec, "self-test", "Every test and check, as CI runs them.", () -> byLauncherOnly("self-test"));
        add(spec, "format", "Lay out every Java file as the checks want it.", () -> byLauncherOnly("format"));
        add(spec, "crowd", "Several runs at once, again and again: a busy machine must not change a verdict.",
            () -> byLauncherOnly("crowd"));
        var bench = new BenchCommand(context).spec();
        spec.addSubcommand(bench.name(), bench);
        var mutants = new MutantsCommand(context).spec();
        spec.addSubcommand(mutants.name(), mutants);
        var fuzz = new FuzzCommand(context).spec();
        spec.addSubcommand(fuzz.name(), fuzz);
        var generate = new GenerateCommand(context).spec();
        spec.addSubcommand(generate.name(), generate);
        var reference = new ReferenceCommand(context, all).spec();
        spec.addSubcommand(reference.name(), reference);
        add(spec, "kernel-checks", "Try what the embedded cluster needs of the kernel, for doctor.", this::kernelChecks).usageMessage()
            .hidden(true);
        add(spec, "train", "Do what starting a run does, for the JVM's start-up cache.", () -> new Training(context).run())
            .usageMessage().hidden(true);
        return spec;
    }

    private static CommandSpec add(CommandSpec spec, String name, String description, Action action) {
        var part = new Part(name, description, action).spec();
        spec.addSubcommand(name, part);
        return part;
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        var line = typed.commandSpec().commandLine();
        line.usage(line.getOut());
        return ExitStatus.OK;
    }

    private ExitStatus kernelChecks() {
        new KernelChecks().findings().stream().map(Check::line).forEach(context.out()::println);
        return ExitStatus.OK;
    }

    private ExitStatus byLauncherOnly(String command) {
        context.err().println("error: the launcher does this: ./lockdown dev " + command);
        return ExitStatus.CANNOT_RUN;
    }
}

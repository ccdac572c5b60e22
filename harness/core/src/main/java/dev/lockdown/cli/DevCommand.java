package dev.lockdown.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./lockdown dev`: what proves the harness itself.
@Command(name = "dev", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
    description = "Everything that proves the harness itself.", commandListHeading = "%nCommands:%n")
final class DevCommand implements Runnable {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    DevCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        spec.commandLine().usage(surroundings.out());
    }

    @Command(name = "self-test", description = "Every test and check, as CI runs them: mvn verify in an empty network namespace.")
    int selfTest() {
        return byLauncherOnly("self-test");
    }

    @Command(name = "format", description = "Lay out every Java file as the checks want it.")
    int format() {
        return byLauncherOnly("format");
    }

    @Command(name = "kernel-checks", hidden = true, description = "Try what the embedded cluster needs of the kernel; doctor reads the answers.")
    int kernelChecks() {
        new KernelChecks().findings().stream().map(Check::line).forEach(surroundings.out()::println);
        return ExitStatus.OK.code();
    }

    @Command(name = "train", hidden = true, description = "Use what starting a run uses, while the JVM records it for the start-up cache.")
    int train() {
        return new Training(surroundings).run().code();
    }

    private int byLauncherOnly(String command) {
        surroundings.err().println("error: dev %s is done by the launcher: ./lockdown dev %s".formatted(command, command));
        return ExitStatus.CANNOT_RUN.code();
    }
}

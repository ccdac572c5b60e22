package dev.lockdown.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./lockdown` alone shows what there is.
@Command(name = "./lockdown", versionProvider = Version.class, mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
    header = "Proves with real connections what a Kubernetes network really lets through.%n",
    commandListHeading = "%nCommands:%n",
    footer = {
        "",
        "First steps:",
        "  ./lockdown doctor             is everything here?",
        "  ./lockdown run                run features/ on a cluster made of network namespaces",
        "  ./lockdown COMMAND --help"})
final class LockdownCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    LockdownCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.out());
        return ExitStatus.OK.code();
    }
}

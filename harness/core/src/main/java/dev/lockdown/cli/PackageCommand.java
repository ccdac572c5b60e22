package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown package`, which the launcher does, as it builds: here is its help alone.
final class PackageCommand implements Command {
    private final ProcessContext context;

    PackageCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "package", "Make one archive of Lockdown, which runs where there is a Java 25 and no Maven.")
            .addOption(Options.path("--output", "DIR", "Where the archive is put. Default: harness/archive/target"));
        spec.usageMessage().footer("",
            "The archive has the launcher, all jars, features and fixtures, the licences and a CycloneDX SBOM. Of one commit it is the same, "
                + "byte for byte, whoever builds it.");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        context.err().println("error: the launcher does this: ./lockdown package");
        return ExitStatus.CANNOT_RUN;
    }
}

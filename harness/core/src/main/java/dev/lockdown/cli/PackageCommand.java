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
            .addOption(Options.path("--output", "DIR", "Where the archive is put. Default: harness/archive/target"))
            .addOption(Options.flag("--image", "Make an OCI image of it, too, in a file, without a daemon; needs --base."))
            .addOption(Options.path("--base", "FILE.tar",
                "What the image stands on: the root file system of a Linux with glibc, libnftables and ip, or an image that was saved."));
        spec.usageMessage().footer("",
            "  mmdebstrap --variant=minbase --include=libnftables1,iproute2 bookworm base.tar",
            "  ./lockdown package --image --base base.tar", "",
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

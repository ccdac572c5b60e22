package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown` alone shows what there is.
final class LockdownCommand implements Command {

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "./lockdown", "Proves with real connections what a Kubernetes network really lets through.")
            .addOption(OptionSpec.builder("-V", "--version").versionHelp(true).type(boolean.class)
                .description("Show what this is and runs on.").build())
            .version(Version.own().lines());
        spec.usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(statuses()).footer("", "First steps:",
            "  ./lockdown doctor             is everything here?",
            "  ./lockdown run                run features/ on a cluster made of network namespaces",
            "  ./lockdown COMMAND --help");
        return spec;
    }

    private static Map<String, String> statuses() {
        var meanings = new LinkedHashMap<String, String>();
        Stream.of(ExitStatus.values()).sorted(Comparator.comparing(ExitStatus::code))
            .forEach(s -> meanings.put(String.valueOf(s.code()), s.meaning()));
        return meanings;
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        var line = typed.commandSpec().commandLine();
        line.usage(line.getOut());
        return ExitStatus.OK;
    }
}

package dev.lockdown.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point of `./lockdown`.
@Command(name = "lockdown", version = "lockdown 0.1.0-SNAPSHOT", mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}

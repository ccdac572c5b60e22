package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown dev reference`: writes the pages of docs/reference that are made of the commands and of the steps.
final class ReferenceCommand implements Command {
    private final ProcessContext context;
    private final Supplier<CommandLine> all;

    /// @param all the command line with every command
    ReferenceCommand(ProcessContext context, Supplier<CommandLine> all) {
        this.context = context;
        this.all = all;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(this, "reference", "Write the pages of docs/reference about commands and steps anew.");
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var folder = context.atHome("docs").resolve("reference");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("commands.md"), new CommandsPage(all.get().getCommandSpec()).markdown());
        Files.writeString(folder.resolve("vocabulary.md"), VocabularyPage.markdown());
        context.out().println("commands.md and vocabulary.md in %s".formatted(folder));
        return ExitStatus.OK;
    }
}

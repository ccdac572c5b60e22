package dev.lockdown.cli;

import dev.lockdown.conformance.Generated;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown dev generate`: writes the generated features anew, and removes those that are not generated any more.
final class GenerateCommand implements Command {
    private final ProcessContext context;

    GenerateCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(this, "generate", "Write the generated features of the conformance set anew.");
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var folder = context.atHome("features").resolve(Generated.FOLDER);
        Files.createDirectories(folder);
        var features = Generated.features();
        for (var feature : features) Files.writeString(folder.resolve(feature.file()), feature.text());
        var names = features.stream().map(f -> f.file()).toList();
        List<Path> others;
        try (var files = Files.list(folder)) {
            others = files.filter(f -> f.toString().endsWith(".feature") && !names.contains(f.getFileName().toString())).toList();
        }
        for (var other : others) Files.delete(other);
        context.out().println("%s in %s".formatted(Counted.of(features.size(), "feature"), folder));
        return ExitStatus.OK;
    }
}

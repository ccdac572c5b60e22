package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown init`: something to begin with.
final class InitCommand implements Command {
    private static final List<String> FILES = List.of("app.yaml", "policies.yaml", "app.feature");

    private final ProcessContext context;

    InitCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(this, "init", "Write an application, its policies and a feature about them, which run at once.")
            .addPositional(PositionalParamSpec.builder().paramLabel("DIR").arity("1").required(true).type(Path.class)
                .description("Where; the folder is made if it is not there, and no file in it is touched.").build());
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        Path folder = typed.matchedPositionalValue(0, Path.of(""));
        requireFree(folder);
        Files.createDirectories(folder);
        for (var file : FILES) write(file, folder.resolve(file));
        var out = context.out();
        out.println("wrote %s in %s".formatted(String.join(", ", FILES), folder));
        out.println();
        out.println("What to try next:");
        out.println("  ./lockdown run %s".formatted(folder));
        out.println("      proves the feature with real connections");
        out.println("  ./lockdown watch %s".formatted(folder));
        out.println("      proves it again whenever you save; try another port at the end of policies.yaml");
        out.println("  ./lockdown table -f %s".formatted(folder));
        out.println("      shows who reaches whom, expected and observed");
        return ExitStatus.OK;
    }

    private static void requireFree(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) throw new InputException("%s is a file; name a folder".formatted(folder));
        var there = FILES.stream().filter(file -> Files.exists(folder.resolve(file))).toList();
        if (!there.isEmpty())
            throw new InputException(
                "%s is there already in %s, and stays as it is; name another folder".formatted(String.join(", ", there),
                    folder));
    }

    private static void write(String name, Path file) throws IOException {
        try (var template = Objects.requireNonNull(InitCommand.class.getResourceAsStream("init/" + name), name)) {
            Files.copy(template, file);
        }
    }
}

package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `./lockdown completion bash`: what a shell needs to complete the command line.
final class CompletionCommand implements Command {
    private static final String NAME = "lockdown";

    /// In picocli's script: where it offers nothing, bash shall offer nothing. Features are files.
    private static final String NO_FILES = "(?m)^ *type compopt &>/dev/null && compopt \\+o default\\n";

    private final ProcessContext context;
    private final Supplier<CommandLine> all;

    /// @param all the command line with every command
    CompletionCommand(ProcessContext context, Supplier<CommandLine> all) {
        this.context = context;
        this.all = all;
    }

    private enum Shell {
        BASH, ZSH, FISH
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "completion", "Print what a shell needs to complete commands, options and their values.")
            .addPositional(PositionalParamSpec.builder().paramLabel("bash|zsh|fish").arity("1").required(true).type(Shell.class)
                .converters(CompletionCommand::shell).completionCandidates(List.of("bash", "zsh", "fish")).description("For which shell.")
                .build());
        spec.usageMessage().footer("", "Try it at once:", "  source <(./lockdown completion bash)      zsh is the same with its name",
            "  ./lockdown completion fish | source", "To keep it:",
            "  ./lockdown completion bash >~/.local/share/bash-completion/completions/lockdown",
            "  ./lockdown completion fish >~/.config/fish/completions/lockdown.fish",
            "  zsh: the first line in ~/.zshrc, with the whole path of lockdown");
        return spec;
    }

    private static Shell shell(String text) {
        for (var shell : Shell.values()) if (shell.name().toLowerCase(Locale.ROOT).equals(text)) return shell;
        throw new TypeConversionException("\"%s\" is no shell that is known here; expected bash, zsh or fish".formatted(text));
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        var line = all.get();
        context.out().print(switch (typed.matchedPositionalValue(0, Shell.BASH)) {
            // One script for both: zsh understands bash's completion.
            case BASH, ZSH -> AutoComplete.bash(NAME, line).replaceAll(NO_FILES, "");
            case FISH -> new FishCompletion(NAME).of(line.getCommandSpec());
        });
        return ExitStatus.OK;
    }
}

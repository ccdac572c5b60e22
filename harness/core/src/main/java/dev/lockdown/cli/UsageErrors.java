package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.NearestWord;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line in two or three lines, instead of printing the whole help.
final class UsageErrors {
    private final PrintWriter err;

    UsageErrors(PrintWriter err) {
        this.err = err;
    }

    ExitStatus tell(ParameterException e) {
        err.println("error: " + message(e));
        if (e instanceof UnmatchedArgumentException unmatched)
            near(unmatched).ifPresent(n -> err.println("  did you mean %s?".formatted(n)));
        err.println("  see: %s --help".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
        return ExitStatus.BAD_INPUT;
    }

    /// What is wrong, in one line.
    static String message(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing when missing.getMissing().getFirst() instanceof OptionSpec option ->
                "%s needs its %s".formatted(option.longestName(), option.paramLabel());
            case MissingParameterException missing -> "%s is missing".formatted(missing.getMissing().getFirst().paramLabel());
            // "Invalid value for option '--shard': …": the reason is a sentence by itself.
            default -> String.valueOf(e.getMessage()).replaceFirst("^Invalid value for option '([^']*)'[^:]*: ", "$1: ");
        };
    }

    private static String unmatched(UnmatchedArgumentException e) {
        var word = e.getUnmatched().getFirst();
        if (word.startsWith("-")) return "there is no option \"%s\"".formatted(word);
        return awaitsCommand(e) ? "there is no command \"%s\"".formatted(word) : "\"%s\" is too much".formatted(word);
    }

    private static Optional<String> near(UnmatchedArgumentException e) {
        var word = e.getUnmatched().getFirst();
        if (word.startsWith("-"))
            return NearestWord.of(word.replaceFirst("=.*", ""), e.getCommandLine().getCommandSpec().optionsMap().keySet());
        return awaitsCommand(e) ? NearestWord.of(word, commands(e)) : Optional.empty();
    }

    private static List<String> commands(UnmatchedArgumentException e) {
        return e.getCommandLine().getSubcommands().entrySet().stream()
            .filter(c -> !c.getValue().getCommandSpec().usageMessage().hidden()).map(Map.Entry::getKey).toList();
    }

    private static boolean awaitsCommand(UnmatchedArgumentException e) {
        return !e.getUnmatched().getFirst().startsWith("-") && !e.getCommandLine().getSubcommands().isEmpty();
    }
}

package dev.lockdown.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line in two or three lines, instead of printing the whole help.
final class UsageErrors implements IParameterExceptionHandler {
    private static final LevenshteinDistance EDITS = new LevenshteinDistance(3);

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println("error: " + message(e));
        var near = e instanceof UnmatchedArgumentException unmatched ? near(unmatched) : List.<String>of();
        if (!near.isEmpty()) err.println("  did you mean %s?".formatted(String.join(" or ", near)));
        err.println("  see: %s --help".formatted(command.getCommandSpec().qualifiedName()));
        return ExitStatus.BAD_INPUT.code();
    }

    private static String message(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> {
                var word = unmatched.getUnmatched().getFirst();
                yield word.startsWith("-") ? "there is no option \"%s\"".formatted(word)
                    : isCommandAwaited(unmatched) ? "there is no command \"%s\"".formatted(word) : "\"%s\" is too much".formatted(word);
            }
            case MissingParameterException missing when missing.getMissing().getFirst() instanceof OptionSpec option ->
                "%s needs its %s".formatted(option.longestName(), option.paramLabel());
            // "Invalid value for option '--shard': …": the reason is a sentence by itself.
            default -> e.getMessage().replaceFirst("^Invalid value for option '([^']*)'[^:]*: ", "$1: ")
                .replaceFirst("'(.*)' is not an? (int|long)$", "\"$1\" is not a number");
        };
    }

    private static List<String> near(UnmatchedArgumentException e) {
        if (!isCommandAwaited(e)) return e.getSuggestions();
        var word = e.getUnmatched().getFirst();
        return e.getCommandLine().getSubcommands().entrySet().stream()
            .filter(c -> !c.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .filter(name -> EDITS.apply(word, name) >= 0)
            .sorted(Comparator.comparingInt(name -> EDITS.apply(word, name)))
            .limit(1).toList();
    }

    private static boolean isCommandAwaited(UnmatchedArgumentException e) {
        return !e.getUnmatched().getFirst().startsWith("-") && !e.getCommandLine().getSubcommands().isEmpty();
    }
}

package dev.lockdown.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line in two or three lines, instead of printing the whole help.
final class UsageErrors {
    private static final LevenshteinDistance EDITS = new LevenshteinDistance(3);

    private final PrintWriter err;

    UsageErrors(PrintWriter err) {
        this.err = err;
    }

    ExitStatus tell(ParameterException e) {
        err.println("error: " + message(e));
        var near = e instanceof UnmatchedArgumentException unmatched ? near(unmatched) : List.<String>of();
        if (!near.isEmpty()) err.println("  did you mean %s?".formatted(String.join(" or ", near)));
        err.println("  see: %s --help".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
        return ExitStatus.BAD_INPUT;
    }

    private static String message(ParameterException e) {
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

    private static List<String> near(UnmatchedArgumentException e) {
        if (!awaitsCommand(e)) return e.getSuggestions();
        var word = e.getUnmatched().getFirst();
        return e.getCommandLine().getSubcommands().entrySet().stream()
            .filter(c -> !c.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .filter(name -> EDITS.apply(word, name) >= 0)
            .sorted(Comparator.comparingInt(name -> EDITS.apply(word, name)))
            .limit(1).toList();
    }

    private static boolean awaitsCommand(UnmatchedArgumentException e) {
        return !e.getUnmatched().getFirst().startsWith("-") && !e.getCommandLine().getSubcommands().isEmpty();
    }
}

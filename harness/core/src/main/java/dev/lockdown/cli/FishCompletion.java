package dev.lockdown.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What fish needs to complete a command line; picocli does it for bash and zsh alone.
///
/// See fish's manual, https://fishshell.com/docs/current/cmds/complete.html.
final class FishCompletion {
    private final String name;
    private final StringBuilder script = new StringBuilder();

    /// @param name of the command, without a path
    FishCompletion(String name) {
        this.name = name;
    }

    String of(CommandSpec whole) {
        script.append("# Completion of %s for fish.\n".formatted(name));
        add(whole, List.of());
        return script.toString();
    }

    private void add(CommandSpec command, List<String> path) {
        var at = at(command, path);
        command.subcommands().values().stream().map(CommandLine::getCommandSpec).filter(s -> !s.usageMessage().hidden())
            .forEach(sub -> line(at, "-f -a %s".formatted(sub.name()), description(sub.usageMessage().description())));
        command.options().stream().filter(o -> !o.hidden()).forEach(o -> line(at, option(o), description(o.description())));
        // Where it offers none, fish completes files.
        for (var positional : command.positionalParameters())
            if (positional.completionCandidates() != null)
                line(at, "-f -a %s".formatted(values(positional)), description(positional.description()));
        for (var sub : command.subcommands().values()) {
            if (sub.getCommandSpec().usageMessage().hidden()) continue;
            var below = new ArrayList<>(path);
            below.add(sub.getCommandSpec().name());
            add(sub.getCommandSpec(), below);
        }
    }

    /// Where the words before are those of a command, and none of its own commands follows.
    private static String at(CommandSpec command, List<String> path) {
        if (path.isEmpty()) return "__fish_use_subcommand";
        var seen = path.stream().map(word -> "__fish_seen_subcommand_from " + word).collect(Collectors.joining("; and "));
        if (command.subcommands().isEmpty()) return seen;
        return "%s; and not __fish_seen_subcommand_from %s".formatted(seen, String.join(" ", command.subcommands().keySet()));
    }

    private static String option(OptionSpec option) {
        var names = new ArrayList<String>();
        for (var one : option.names()) names.add(one.startsWith("--") ? "-l " + one.substring(2) : "-s " + one.substring(1));
        var all = String.join(" ", names);
        if (option.arity().max() == 0) return all;
        if (option.completionCandidates() != null)
            return "%s -x -a %s".formatted(all, values(option));
        // -r asks for a value and offers files; -x offers none.
        return all + (option.type() == Path.class || option.auxiliaryTypes().length > 0 && option.auxiliaryTypes()[0] == Path.class ? " -r"
            : " -x");
    }

    private static String values(ArgSpec argument) {
        return quoted(String.join(" ", argument.completionCandidates()));
    }

    private void line(String condition, String what, String description) {
        script.append("complete -c %s -n %s %s -d %s\n".formatted(name, quoted(condition), what, quoted(description)));
    }

    /// The first sentence, without what stands in brackets.
    private static String description(String[] text) {
        return String.join(" ", text).replaceAll("\\s*\\([^)]*\\)", "").replaceFirst("(?s)[.;:](\\s.*)?$", "").replaceFirst("(?s)\\n.*",
            "");
    }

    private static String quoted(String text) {
        return "'%s'".formatted(text.replace("\\", "\\\\").replace("'", "\\'"));
    }
}

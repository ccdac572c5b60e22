package dev.lockdown.cli;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// docs/reference/commands.md: every command that help shows, from the description by which it is parsed.
///
/// An option that several commands have in the same words is described once.
final class CommandsPage {
    /// How many commands must have an option before it is described apart from them.
    private static final int SEVERAL = 4;

    private final CommandSpec root;
    private final List<CommandSpec> commands = new ArrayList<>();
    private final Map<String, List<OptionSpec>> alike = new LinkedHashMap<>();

    CommandsPage(CommandSpec root) {
        this.root = root;
        collect(root);
        for (var command : commands)
            for (var option : own(command)) alike.computeIfAbsent(row(option), _ -> new ArrayList<>()).add(option);
    }

    private void collect(CommandSpec parent) {
        for (var line : parent.subcommands().values()) {
            var command = line.getCommandSpec();
            if (command.usageMessage().hidden()) continue;
            commands.add(command);
            collect(command);
        }
    }

    private static List<OptionSpec> own(CommandSpec command) {
        return command.options().stream().filter(o -> !o.hidden() && !o.usageHelp()).toList();
    }

    private boolean shared(OptionSpec option) {
        return alike.getOrDefault(row(option), List.of()).size() >= SEVERAL;
    }

    String markdown() {
        var page = new StringBuilder("""
            # Commands

            <!-- Written by `./lockdown dev reference`; a test compares it with the commands. -->

            `./lockdown COMMAND --help` (or `-h`) says the same on the terminal. See also: [exit statuses](exit-statuses.md),
            [what commands print as JSON](formats.md).

            | command | does |
            |---|---|
            """);
        for (var command : commands)
            page.append("| [%s](#%s) | %s |\n".formatted(name(command), name(command).replace(' ', '-'), description(command)));
        for (var command : commands) page.append(section(command));
        page.append("\n## Options of several commands\n\n" + table(alike.values().stream().map(List::getFirst).filter(this::shared)));
        page.append("\n`./lockdown --version` (or `-V`) says what this is and runs on.\n");
        return page.toString();
    }

    private String section(CommandSpec command) {
        var text = new StringBuilder("\n## %s\n\n".formatted(name(command)));
        text.append(description(command)).append("\n\n    ").append(synopsis(command)).append('\n');
        var rows = Stream.<ArgSpec>concat(command.positionalParameters().stream(), own(command).stream().filter(o -> !shared(o))).toList();
        if (!rows.isEmpty()) text.append('\n').append(table(rows.stream()));
        var others = own(command).stream().filter(this::shared).map(o -> "`" + o.longestName() + "`").collect(joining(", "));
        if (!others.isEmpty())
            text.append("\n%s: see [below](#options-of-several-commands).\n".formatted(rows.isEmpty() ? others : "And " + others));
        footer(command).forEach(text::append);
        return text.toString();
    }

    private static String name(CommandSpec command) {
        var parent = command.parent();
        return parent == null || parent.parent() == null ? command.name() : name(parent) + " " + command.name();
    }

    private static String description(CommandSpec command) {
        return cell(String.join(" ", command.usageMessage().description()));
    }

    private String synopsis(CommandSpec command) {
        var words = new ArrayList<>(List.of(root.name(), name(command)));
        if (!own(command).isEmpty()) words.add("[OPTIONS]");
        if (!command.subcommands().isEmpty()) words.add("COMMAND");
        command.positionalParameters().forEach(p -> words.add(p.arity().min() > 0 ? label(p) : "[" + label(p) + "]"));
        return String.join(" ", words);
    }

    private static String table(Stream<? extends ArgSpec> rows) {
        return rows.map(CommandsPage::row).collect(joining("", "| | |\n|---|---|\n", ""));
    }

    private static String row(ArgSpec arg) {
        var written = arg instanceof OptionSpec option ? written(option) : "`" + label(arg) + "`";
        return "| %s | %s |\n".formatted(cell(written), cell(String.join(" ", arg.description())));
    }

    private static String written(OptionSpec option) {
        var names = Stream.of(option.names()).sorted(comparing(String::length)).map(n -> "`" + n).collect(joining("`, "));
        if (option.arity().max() == 0) return names + "`";
        return names + (option.arity().min() == 0 ? "[=" + label(option) + "]`" : "=" + label(option) + "`");
    }

    private static String label(ArgSpec arg) {
        return arg.paramLabel() + (arg.arity().isVariable() ? "..." : "");
    }

    /// Examples are set as they are typed; sentences are sentences.
    private static List<String> footer(CommandSpec command) {
        var parts = new ArrayList<String>();
        boolean code = false;
        for (var line : command.usageMessage().footer()) {
            boolean typed = line.startsWith("  ");
            if (typed || !line.isEmpty())
                parts.add((typed == code && typed ? "" : "\n") + (typed ? "    " + line.strip() : line.strip()) + "\n");
            code = typed;
        }
        return parts;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }
}

package dev.lockdown.cli;

import static java.util.stream.Collectors.joining;

import dev.lockdown.spec.Vocabulary;

/// docs/reference/vocabulary.md: what `./lockdown steps` shows.
final class VocabularyPage {
    private VocabularyPage() {}

    static String markdown() {
        var page = new StringBuilder("""
            # Vocabulary

            <!-- Written by `./lockdown dev reference`; a test compares it with the steps. -->

            Every step that a feature may use, with an example of each; a test runs them all. `./lockdown steps` shows the same on the
            terminal, `--output json` prints it for programs. Its [nouns](#nouns) and [tags](#tags) are at the end.
            """);
        var part = "";
        for (var word : Vocabulary.load().words()) {
            if (!word.part().equals(part)) page.append(heading(part = word.part()));
            page.append("\n**%s** %s\n".formatted(word.keyword(), word.does().strip()));
            page.append("\n```\n%s\n```\n".formatted(indented(word.keyword() + " " + word.example().strip())));
        }
        page.append("\n## Nouns\n\n| noun | is written | |\n|---|---|---|\n");
        for (var noun : StepsCommand.NOUNS)
            page.append("| %s | %s | %s |\n".formatted(noun.name(), noun.forms().stream().map(f -> "`" + f + "`").collect(joining(", ")),
                noun.note()));
        page.append("\n## Tags\n\n| tag | means |\n|---|---|\n");
        for (var tag : StepsCommand.TAGS) page.append("| `%s` | %s |\n".formatted(tag.tag(), tag.does()));
        return page.toString();
    }

    /// Some examples have their table at the margin.
    private static String indented(String step) {
        var lines = step.lines().toList();
        var rest = lines.stream().skip(1).collect(joining("\n")).stripIndent().indent(2).stripTrailing();
        return rest.isEmpty() ? lines.getFirst() : lines.getFirst() + "\n" + rest;
    }

    private static String heading(String part) {
        var lines = StepsCommand.heading(part).lines().map(String::strip).toList();
        return "\n## " + lines.getFirst() + "\n" + lines.stream().skip(1).map(l -> "\n" + l + "\n").collect(joining());
    }
}

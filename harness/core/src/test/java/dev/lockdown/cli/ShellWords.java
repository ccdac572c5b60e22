package dev.lockdown.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A line of a shell as far as documentation needs it: words, quotes, comments, redirections, and commands one after another.
final class ShellWords {
    private static final Pattern TOKEN =
        Pattern.compile(
            "\\s+|(?<comment>#.*)|(?<next>&&|\\|\\||[|;&])|(?<to>[0-9]?>>?\\s*[^\\s|;&]+)|(?<word>(?:\"[^\"]*\"|'[^']*'|[^\\s\"'|;&>])+)");
    private static final Pattern SETTING = Pattern.compile("[A-Z_]+=.*", Pattern.DOTALL);

    /// Programs that start the one behind them.
    private static final Set<String> BEFORE = Set.of("sudo", "env");

    private ShellWords() {}

    /// The commands of a line, each as its words; settings of the environment before them are left out, and so are `sudo` and `env`.
    static List<List<String>> commands(String line) {
        var commands = new ArrayList<List<String>>();
        var words = new ArrayList<String>();
        var tokens = TOKEN.matcher(line);
        while (tokens.find()) {
            if (tokens.group("comment") != null) break;
            if (tokens.group("next") != null) {
                commands.add(List.copyOf(words));
                words.clear();
            }
            if (tokens.group("word") == null) continue;
            var word = tokens.group("word").replaceAll("[\"']", "");
            if (!words.isEmpty() || !(SETTING.matcher(word).matches() || BEFORE.contains(word))) words.add(word);
        }
        commands.add(List.copyOf(words));
        commands.removeIf(List::isEmpty);
        return commands;
    }
}

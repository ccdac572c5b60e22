package dev.lockdown.report.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Says what to type to see a scenario again, on the cluster on which it was seen.
final class RerunCommand {
    /// Those with a value that say where to run; what is selected and how it is reported is left out.
    private static final Set<String> WHERE =
        Set.of("--cluster", "--kubeconfig", "--context", "--nodes", "--k3s-version", "--map", "--external", "--agent-image", "--seed");

    private RerunCommand() {}

    /// The options of a command that say where to run, each with a space before it.
    static String options(List<String> command) {
        var kept = new ArrayList<String>();
        for (int i = 0; i < command.size(); i++) {
            var word = command.get(i);
            int equals = word.indexOf('=');
            if (equals > 0 && WHERE.contains(word.substring(0, equals))) kept.add(quoted(word));
            else
                if (WHERE.contains(word) && i + 1 < command.size()) {
                    kept.add(word);
                    kept.add(quoted(command.get(++i)));
                }
        }
        return kept.isEmpty() ? "" : " " + String.join(" ", kept);
    }

    /// Quote a word for a POSIX shell where it needs that.
    static String quoted(String word) {
        boolean plain =
            !word.isEmpty() && word.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "@%+=:,./_-".indexOf(c) >= 0));
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

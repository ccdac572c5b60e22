package dev.lockdown.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what to type to see a scenario again, on the cluster on which it was seen.
public final class RerunCommand {
    /// Those with a value that say where to run; what is selected and how it is reported is left out.
    private static final Set<String> WHERE =
        Set.of("--cluster", "--kubeconfig", "--context", "--nodes", "--k3s-version", "--images", "--registries", "--charts", "--map",
            "--external",
            "--agent-image", "--established", "--seed");
    private static final Set<String> WHERE_WITHOUT_VALUE = Set.of("--dual-stack", "--reuse", "--rejecting", "--accept-unseen",
        "--allow-disruptive", "--allow-node-pods");

    private RerunCommand() {}

    /// How Lockdown was called, as it is typed again.
    public static String lockdown(Run run) {
        var started = run.started();
        return started == null || started.command().isEmpty() ? "./lockdown" : ShellWord.quoted(started.command().getFirst());
    }

    /// What to type to run again what a run did not prove.
    ///
    /// @param folder of the run, as it is to be shown
    public static String failed(Run run, String folder) {
        return "%s run --failed %s%s".formatted(lockdown(run), ShellWord.quoted(folder),
            run.started() == null ? "" : options(run.started().command()));
    }

    /// What to type to run one scenario again.
    public static String of(Run run, ScenarioRun scenario) {
        if (isJava(scenario.started().feature())) return ofJava(List.of(scenario.started().feature()));
        return "%s run %s%s".formatted(lockdown(run), ShellWord.quoted(scenario.place()),
            run.started() == null ? "" : options(run.started().command()));
    }

    /// Whether a scenario is a test in Java, which the command line cannot run.
    public static boolean isJava(String feature) {
        return feature.endsWith(".java");
    }

    /// What to type to run the tests of these files again.
    public static String ofJava(List<String> files) {
        return "mvn test -Dtest=" + files.stream().map(RerunCommand::typeName).collect(Collectors.joining(","));
    }

    private static String typeName(String file) {
        return file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length());
    }

    /// The options of a command that say where to run, each with a space before it.
    public static String options(List<String> command) {
        var kept = new ArrayList<String>();
        for (int i = 0; i < command.size(); i++) {
            var word = command.get(i);
            int equals = word.indexOf('=');
            if (WHERE_WITHOUT_VALUE.contains(word)) kept.add(word);
            else if (equals > 0 && WHERE.contains(word.substring(0, equals))) kept.add(ShellWord.quoted(word));
            else
                if (WHERE.contains(word) && i + 1 < command.size()) {
                    kept.add(word);
                    kept.add(ShellWord.quoted(command.get(++i)));
                }
        }
        return kept.isEmpty() ? "" : " " + String.join(" ", kept);
    }
}

package dev.lockdown.cli;

import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.files.ManifestInput;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.verdict.Figures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Which manifests a command is to read: the options that `table` and `explain` have in common.
final class ManifestOptions {
    private static final int WARNINGS_SHOWN = 30;

    private ManifestOptions() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(paths("-f", "--filename", "MANIFESTS", "Files and folders of YAML or JSON; - is standard input."))
            .addOption(OptionSpec.builder("-R", "--recursive").type(boolean.class).description("Read the folders inside of folders, too.")
                .build())
            .addOption(paths("-k", "--kustomize", "FOLDER", "Folders with a kustomization, rendered by kubectl or kustomize."))
            .addOption(paths("--helm", "--chart", "FOLDER", "Folders with a chart, rendered by helm with its own values."))
            .addOption(OptionSpec.builder("--namespace", "-n").paramLabel("NAME").type(List.class).auxiliaryTypes(String.class)
                .splitRegex(",")
                .description("Of objects that name none. Default: default. With --live: the namespaces to ask about. Repeatable.").build())
            .addOption(Options.flag("--live",
                "In place of -f: the state of the cluster of --cluster kubeconfig, by list alone. Nothing is probed, nothing is written."))
            .addOption(
                OptionSpec.builder("--all-namespaces", "-A").type(boolean.class).description("With --live: ask about all namespaces.")
                    .build());
    }

    /// The namespace of objects that name none.
    static String namespace(ParseResult typed) {
        var names = typed.matchedOptionValue("--namespace", List.<String>of());
        if (names.size() > 1 && !typed.hasMatchedOption("--live"))
            throw Options.wrong(typed,
                "--namespace names the namespace of objects that name none, so there is one; several belong to --live");
        return names.isEmpty() ? "default" : names.getFirst();
    }

    private static OptionSpec paths(String name, String other, String label, String description) {
        return OptionSpec.builder(name, other).paramLabel(label).arity("1..*").type(List.class).auxiliaryTypes(Path.class)
            .description(description).build();
    }

    /// Read them, and refuse policies of other kinds where nobody accepts them.
    static Manifest read(ParseResult typed) {
        var namespace = namespace(typed);
        return Manifests.readAll(sources(typed), namespace).requireRead(typed.hasMatchedOption("--accept-unseen"));
    }

    /// The texts of all that was named, rendered where it had to be.
    static List<Source> sources(ParseResult typed) {
        var input = input(typed);
        if (input.isEmpty()) throw Options.wrong(typed, "there are no manifests: name files or folders with -f, or -k or --helm");
        return Manifests.sources(input, searchPath());
    }

    static String searchPath() {
        return System.getenv().getOrDefault("PATH", "");
    }

    /// What was named with -f, -k and --helm, which may be nothing.
    static ManifestInput input(ParseResult typed) {
        return new ManifestInput(typed.matchedOptionValue("-f", List.<Path>of()), typed.hasMatchedOption("-R"),
            typed.matchedOptionValue("-k", List.<Path>of()), typed.matchedOptionValue("--helm", List.<Path>of()));
    }

    /// Tell what was noted; of a thousand warnings the first, since the thousandth is read by programs alone.
    static void tell(List<Note> notes, PrintWriter err) {
        int warnings = 0;
        for (var note : notes) {
            if (note.grade() == Note.Grade.WARNING && ++warnings > WARNINGS_SHOWN) continue;
            err.println((note.grade() == Note.Grade.NOTE ? "note: " : "warning: ") + note);
        }
        if (warnings > WARNINGS_SHOWN)
            err.println("warning: and %s; --output json has all of them".formatted(
                Figures.count(warnings - WARNINGS_SHOWN, "more warning")));
    }
}

package dev.lockdown.cli;

import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.RerunCommand;
import dev.lockdown.report.Run;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.spec.selection.FeaturePaths;
import dev.lockdown.state.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What of an earlier run is to be run again: what did not pass, and what did not run before it was ended.
final class Rerun {
    private Rerun() {}

    /// Give what to select.
    ///
    /// @param folder of the run, or its journal
    /// @param notes takes a sentence for people, if the journal is torn
    /// @throws InputException if nothing is left to run, or the journal does not say what
    static List<String> selections(Path folder, Consumer<String> notes) {
        var builder = new RunBuilder();
        JournalReader.read(folder, notes, builder);
        var run = builder.run();
        var unproven = run.unproven();
        var words = new ArrayList<>(unproven.scenarios());
        words.addAll(unproven.features());
        if (words.isEmpty()) throw nothing(folder, run);
        var java = words.stream().map(Rerun::feature).filter(RerunCommand::isJava).distinct().toList();
        if (!java.isEmpty())
            throw new InputException("%s tells of tests in Java, which the command line cannot run: %s\n  run them where they are: %s"
                .formatted(folder, String.join(", ", java), RerunCommand.ofJava(java)));
        for (var word : words)
            if (!feature(word).endsWith(".feature"))
                throw new InputException("%s tells of \"%s\", which is no feature".formatted(folder, word));
        var base = base(folder, run);
        return words.stream().map(word -> fromHere(base, word)).toList();
    }

    private static String feature(String word) {
        return word.replaceFirst(":[0-9]+$", "");
    }

    /// The folder in which the run was started and its paths begin, as far as that is known.
    ///
    /// @param folder of the run, or its journal
    static Path base(Path folder, Run run) {
        var own = Files.isRegularFile(folder) ? folder.toAbsolutePath().getParent() : folder;
        return run.started() == null || own == null ? Path.of("") : new RunFolder(own).from(run.started().base());
    }

    /// What was typed elsewhere, as it is typed here. A feature that is not there any longer stays as it was, and is told when it is looked for.
    private static String fromHere(Path base, String word) {
        var there = base.resolve(feature(word)).toAbsolutePath().normalize();
        return Files.exists(there) ? FeaturePaths.of(there.toUri()) + word.substring(feature(word).length()) : word;
    }

    private static InputException nothing(Path folder, Run run) {
        if (run.finished() == null || run.scenarios().isEmpty() || run.scenarios().size() < run.selected())
            return new InputException("""
                %s did not end, and its journal does not say what it was to run
                  run the features again""".formatted(folder));
        return new InputException("every scenario of %s passed or was skipped; there is nothing to run again".formatted(folder));
    }
}

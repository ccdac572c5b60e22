package dev.lockdown.cli;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./lockdown report`: the reports again, from the journal.
@Command(name = "report", mixinStandardHelpOptions = true, versionProvider = Version.class,
    description = "Make report.html and junit.xml again from a run's journal; several runs are merged into the first folder, or --into another.")
final class ReportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of runs, such as reports/20261122-140311.")
    private List<Path> runs = List.of();

    @Option(names = "--into", paramLabel = "DIR", description = "Where the reports are written.")
    private @Nullable Path into;

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var entries = new ArrayList<Entry>();
        for (var run : runs) entries.addAll(JournalReader.read(run, surroundings.err()::println));
        var folder = new RunFolder(into == null ? runs.getFirst() : into);
        var run = Run.of(entries);
        Leavings.write(run, folder);
        surroundings.out().println(run.sentence());
        surroundings.out().println("report: " + folder.html());
        return ExitStatus.OK.code();
    }
}

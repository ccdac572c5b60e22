package dev.lockdown.cli;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown report`: the reports again, from the journal.
final class ReportCommand implements Command {
    private final ProcessContext context;

    ReportCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(this, "report",
            "Make report.html and junit.xml again from a run's journal; several runs are merged into the first folder, or --into another.")
            .addPositional(
                PositionalParamSpec.builder().paramLabel("RUN").arity("1..*").required(true).type(List.class).auxiliaryTypes(Path.class)
                    .description("Folders of runs, such as reports/20261122-140311.").build())
            .addOption(Options.path("--into", "DIR", "Where the reports are written."));
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        List<Path> runs = typed.matchedPositionalValue(0, List.of());
        var entries = new ArrayList<Entry>();
        for (var run : runs) entries.addAll(JournalReader.read(run, context.err()::println));
        var folder = new RunFolder(typed.matchedOptionValue("--into", runs.getFirst()));
        var run = Run.of(entries);
        RunArtifacts.write(run, folder);
        context.out().println(run.sentence());
        context.out().println("report: " + folder.html());
        return ExitStatus.OK;
    }
}

package dev.lockdown.cli;

import dev.lockdown.history.DigestBuilder;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.chaos.FateWording;
import dev.lockdown.report.JudgedAgain;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.html.ScenariosAhead;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.run.RunArtifacts;
import dev.lockdown.verdict.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown report`: the reports again, from the journal.
final class ReportCommand implements Command {
    private static final int DIFFERENCES_SHOWN = 20;

    private final ProcessContext context;

    ReportCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(this, "report",
            "Judge a run again from its journal, and make report.html and junit.xml of it; several runs are merged into the first folder, or --into another.")
            .addPositional(
                PositionalParamSpec.builder().paramLabel("RUN").arity("0..*").type(List.class).auxiliaryTypes(Path.class)
                    .description("Folders of runs, such as reports/20261122-140311.").build())
            .addOption(Options.path("--into", "DIR", "Where the reports are written."))
            .addOption(Options.path("--history", "DIR", "Keep what came of the merged run in a folder, for `compare` and `nightly`."))
            .addOption(Options.flag("--prune", "Only remove older runs from reports/, and say which."))
            .addOption(Options.keepReports());
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        List<Path> runs = typed.matchedPositionalValue(0, List.of());
        if (typed.hasMatchedOption("--prune")) return prune(typed, runs);
        if (typed.hasMatchedOption("--keep-reports")) throw Options.wrong(typed, "--keep-reports belongs to --prune");
        if (runs.isEmpty()) throw Options.wrong(typed, "RUN is missing");
        var builder = new RunBuilder();
        var ahead = new ScenariosAhead(builder, ForkJoinPool.commonPool());
        Path history = typed.matchedOptionValue("--history", (@Nullable Path) null);
        var digest = history == null ? null : new DigestBuilder(builder, ahead);
        var again = new JudgedAgain(digest == null ? ahead : digest);
        var shards = new ReportedShards();
        for (var run : runs) {
            var shard = shards.of(run);
            JournalReader.read(run, context.err()::println, entry -> {
                shard.accept(entry);
                again.accept(entry);
            });
            JournalReader.samples(run, context.err()::println, builder);
        }
        shards.requireOfOneRun();
        var folder = new RunFolder(typed.matchedOptionValue("--into", runs.getFirst()));
        var run = builder.run();
        RunArtifacts.write(run, ahead, folder, Rerun.base(runs.getFirst(), run));
        if (history != null && digest != null) new HistoryFolder(history).add(digest.digest());
        context.out().println(run.sentence());
        var differing = Stream.concat(again.differing().stream(), builder.measuredOtherwise().stream()).toList();
        context.out().println("judged again: " + JudgedAgain.sentence(again.verdicts() + builder.measured(), differing.size()));
        differing.stream().limit(DIFFERENCES_SHOWN).forEach(d -> context.out().println("  " + d));
        var changed = run.fates().stream().filter(f -> !f.isAsRecorded()).toList();
        if (!run.fates().isEmpty())
            context.out().println("%s of connections, %s".formatted(Figures.count(run.fates().size(), "fate"),
                changed.isEmpty() ? "all as recorded" : "%s of them not as recorded".formatted(Integer.toString(changed.size()))));
        changed.stream().limit(DIFFERENCES_SHOWN).forEach(f -> context.out().println("  " + FateWording.difference(
            f.recorded().flow().toString(), f.recorded().verdict(), f.again())));
        run.scenarios().forEach(s -> s.disruptions().stream().filter(d -> !d.isOver()).forEach(d -> context.out().println(
            "%s: %s: %s".formatted(s.place(), d.words(), d.ending()))));
        var missing = shards.missing();
        if (missing != null) context.out().println(missing);
        context.out().println("report: " + folder.html());
        if (!differing.isEmpty() || !changed.isEmpty()) return ExitStatus.FAILED;
        return missing == null ? ExitStatus.OK : ExitStatus.INCONCLUSIVE;
    }

    private ExitStatus prune(ParseResult typed, List<Path> runs) throws IOException {
        if (!runs.isEmpty() || typed.hasMatchedOption("--into") || typed.hasMatchedOption("--history"))
            throw Options.wrong(typed, "--prune makes no report; leave out %s".formatted(!runs.isEmpty() ? "RUN"
                : typed.hasMatchedOption("--into") ? "--into" : "--history"));
        new ReportPruning(context.reports(), typed.matchedOptionValue("--keep-reports", Options.DEFAULT_REPORTS))
            .now(context.out());
        return ExitStatus.OK;
    }
}

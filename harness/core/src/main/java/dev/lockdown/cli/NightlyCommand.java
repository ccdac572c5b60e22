package dev.lockdown.cli;

import static dev.lockdown.cli.Options.count;
import static dev.lockdown.cli.Options.flag;
import static dev.lockdown.cli.Options.option;
import static dev.lockdown.cli.Options.path;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.nightly.Deviations;
import dev.lockdown.nightly.Matrix;
import dev.lockdown.nightly.MergedNights;
import dev.lockdown.nightly.Night;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown nightly`: the specification on many clusters.
final class NightlyCommand implements Command {
    /// `--resume` without a folder.
    private static final Path LAST = Path.of("");
    private static final String NIGHTS = "nightly";

    private final ProcessContext context;

    NightlyCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "nightly",
            "Run the specification on every cluster of a matrix, and tell what is different since the last run, and since which version.")
            .addPositional(PositionalParamSpec.builder().paramLabel("MATRIX.yaml").arity("0..1").type(Path.class)
                .description("Which clusters: axes, include and exclude, as CI workflows have them.").build())
            .addOption(OptionSpec.builder("--cell").paramLabel("NAME").type(List.class).auxiliaryTypes(String.class)
                .description("Only this cell of the matrix. Repeatable.").build())
            .addOption(OptionSpec.builder("--merge").paramLabel("NIGHT").arity("1..*").type(List.class).auxiliaryTypes(Path.class)
                .description("Run nothing: make one night of the folders of nights that each ran some cells, such as the jobs of a CI.")
                .build())
            .addOption(count("--jobs", "How many cells at the same time. Default: 1"))
            .addOption(option("--for", "3h", Duration.class, DurationText::parse,
                "How long the night may take: cells by priority, and what there is no time for is said to be not run."))
            .addOption(flag("--bisect", "Of cells that differ in their version alone run only as many as tell the first bad one."))
            .addOption(Options.optional("--resume", "DIR", Path.class, Path::of, LAST.toString(),
                "Go on with a night that was ended or killed; a cell that was over is not run again. Default: the last one"))
            .addOption(
                path("--history", "DIR", "Where what came of each cell is kept from night to night. Default: history/ beside the nights"))
            .addOption(path("--write-deviations", "FILE", "Propose a file of known deviations by what fails in this night."))
            .addOption(Options.metrics())
            .addOption(path("--report", "DIR", "Where the night's folder is made. Default: reports/nightly"));
        spec.usageMessage().footer("", "Examples:", "  ./lockdown nightly matrix.yaml --for 3h --history history",
            "  ./lockdown nightly --resume", "  ./lockdown nightly matrix.yaml --bisect",
            "  ./lockdown nightly matrix.yaml --cell k3s-calico --report nights    the cell of one job of a CI",
            "  ./lockdown nightly matrix.yaml --merge nights/*                     what all jobs left");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException, InterruptedException {
        Path file = typed.matchedPositionalValue(0, (@Nullable Path) null);
        Path resumed = typed.matchedOptionValue("--resume", (@Nullable Path) null);
        if (file == null && resumed == null) throw Options.wrong(typed, "MATRIX.yaml is missing");
        if (file != null && resumed != null) throw Options.wrong(typed, "--resume reads the matrix of that night; leave out " + file);
        List<Path> merged = typed.matchedOptionValue("--merge", List.of());
        requireUnited(typed, merged);
        var metrics = Options.metrics(typed);
        var reports = typed.matchedOptionValue("--report", context.atHome("reports").resolve(NIGHTS));
        var folder = file == null ? new NightFolder(LAST.equals(resumed) ? last(reports) : resumed) : null;
        var text = read(folder == null ? file : folder.matrix());
        var whole = Matrix.read(folder == null ? file : folder.original(), text, context.atHome("features").toString(),
            Clusters.cniNames(context.home()).get());
        List<String> cells = typed.matchedOptionValue("--cell", List.of());
        var matrix = cells.isEmpty() ? whole : whole.only(cells);
        var nights = merged.isEmpty() ? null : new MergedNights(matrix, merged);
        if (nights == null) requireUsable(matrix);
        var known = matrix.deviations() == null ? Deviations.NONE
            : Deviations.read(matrix.deviations().toString(), read(matrix.deviations()));
        if (folder == null) folder = make(reports, file, text);
        if (nights != null) nights.into(folder);
        var history = new HistoryFolder(typed.matchedOptionValue("--history", reports.resolveSibling("history")));
        var plan = new Night.Plan(command(), typed.matchedOptionValue("--jobs", 1),
            typed.matchedOptionValue("--for", (@Nullable Duration) null), typed.hasMatchedOption("--bisect"), history, context.clock());
        var lines = new NightLines(context.err()::println, matrix);
        try (var night = Night.begin(matrix, plan, folder, lines)) {
            context.cleanup().add(night::interrupt);
            lines.head(folder, night.outcomes().size());
            if (nights == null) night.run();
            else night.conclude();
            if (night.isInterrupted()) {
                context.err().println("interrupted; go on with:  ./lockdown nightly --resume " + folder.path());
                return ExitStatus.INTERRUPTED;
            }
            return new NightlyEnd(context, folder, matrix, known, history, metrics)
                .tell(night, typed.matchedOptionValue("--write-deviations", (@Nullable Path) null));
        }
    }

    /// What was run elsewhere is not run here in any way.
    private static void requireUnited(ParseResult typed, List<Path> merged) {
        if (merged.isEmpty()) return;
        for (var option : List.of("--resume", "--cell", "--jobs", "--for", "--bisect"))
            if (typed.hasMatchedOption(option)) throw Options.wrong(typed, "--merge runs no cell; leave out " + option);
    }

    /// Every feature that a cell names must be there before the first begins.
    private static void requireUsable(Matrix matrix) {
        var missing = matrix.cells().stream()
            .flatMap(c -> c.features().stream().filter(f -> !Files.exists(Path.of(f.replaceFirst("(:[0-9]+)+$", ""))))
                .map(f -> "%s: there is no feature or folder \"%s\"".formatted(c.at(), f)))
            .distinct().toList();
        if (!missing.isEmpty()) throw new InputException(String.join("\n", missing));
    }

    /// The launcher, which builds what changed and isolates each run by itself.
    private List<String> command() {
        var launcher = context.home().toAbsolutePath().resolve("lockdown");
        if (!Files.isExecutable(launcher))
            throw new EnvironmentException("there is no launcher at %s, which starts the cells".formatted(launcher), null);
        return List.of(launcher.toString());
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            throw new InputException("there is no file %s".formatted(file));
        } catch (MalformedInputException _) {
            throw new InputException("%s is no text in UTF-8".formatted(file));
        }
    }

    private static NightFolder make(Path nights, Path file, String text) throws IOException {
        var folder = new NightFolder(RunFolder.create(nights, Clock.system(ZoneId.systemDefault())).path());
        Files.writeString(folder.matrix(), text);
        Files.writeString(folder.originalName(), file.toAbsolutePath() + "\n");
        return folder;
    }

    private static Path last(Path nights) throws IOException {
        if (!Files.isDirectory(nights))
            throw new InputException("there is no night in %s yet; begin one:  ./lockdown nightly MATRIX.yaml".formatted(nights));
        try (var all = Files.list(nights)) {
            return all.filter(f -> Files.exists(new NightFolder(f).matrix())).max(Comparator.comparing(Path::getFileName))
                .orElseThrow(() -> new InputException("there is no night in %s to go on with".formatted(nights)));
        }
    }
}

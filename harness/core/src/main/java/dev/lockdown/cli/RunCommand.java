package dev.lockdown.cli;

import static dev.lockdown.cli.Options.count;
import static dev.lockdown.cli.Options.flag;
import static dev.lockdown.cli.Options.option;
import static dev.lockdown.cli.Options.path;

import dev.lockdown.check.CheckText;
import dev.lockdown.check.FeatureCheck;
import dev.lockdown.check.FeaturesCheck;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.spec.PolicyReview;
import dev.lockdown.state.InputException;
import dev.lockdown.spec.selection.TagChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown run`: the executable specification.
final class RunCommand implements Command {
    /// `--failed` without a folder.
    private static final Path LAST = Path.of("");
    private static final Duration LONGEST_SOAK = Duration.ofDays(1);
    /// Where a suite leaves its runs, in the folder of its module.
    private static final Path MAVENS = Path.of("target", "lockdown");

    private final ProcessContext context;
    private final Map<String, String> environment;

    RunCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options
            .command(this, "run", "Run the executable specification: features written in Gherkin, proved by real connections.")
            .addPositional(PositionalParamSpec.builder().paramLabel("FEATURE[:LINE]|DIR|@TAG").arity("0..*").type(List.class)
                .auxiliaryTypes(String.class)
                .description("What to run; a @TAG narrows what is named beside it. Default: features/").build())
            .addOption(Options.optional("--failed", "RUN", Path.class, Path::of, LAST.toString(),
                "Only what did not pass in an earlier run, given by its folder, and what it did not get to. Default: the last run"))
            .addOption(count("--repeat", "Run everything N times."))
            .addOption(option("--for", "30m", Duration.class, RunCommand::soak,
                "How long what scenarios tagged @soak have happen for a time goes on. Default: as long as they say."))
            .addOption(option("--shard", "I/N", Shard.class, Shard::parse,
                "Only the I-th of N equal parts; with --history, of parts that take equally long."))
            .addOption(count("--threads", "How many scenarios at the same time. Default: one a processor."))
            .addOption(option("--seed", "N", Long.class, Options::number,
                "Where chance starts; every run prints its own. Default: another each time."))
            .addOption(option("--output", "text|json|jsonl", Output.class, Output::parse,
                "What standard output carries: text for people (the default), one JSON document, or the journal as JSON lines."))
            .addOption(path("--report", "DIR",
                "Where the run's folder is made. Default: reports/, beside your own features where you are not in the clone"))
            .addOption(Options.keepReports())
            .addOption(flag("--mutate",
                "When all is green: change the policies that features apply from files and texts in one place at a time, and tell which "
                    + "changes no scenario notices."))
            .addOption(option("--mutate-threshold", "PERCENT", Integer.class, RunCommand::percent,
                "With --mutate: exit status 1 if fewer changes are noticed. Default: 0"))
            .addOption(path("--history", "DIR", "Keep what came of it in a folder, for `compare` and `nightly`."))
            .addOption(flag("--allure", "Make the Allure site too."));
        EmbeddedOptions.addTo(spec);
        ClusterOptions.addTo(spec);
        spec.usageMessage().parameterListHeading("%n").footer("", "Examples:",
            "  ./lockdown run                                   everything in features/",
            "  ./lockdown run features/dns.feature:21           the scenario, or the example, that has this line",
            "  ./lockdown run features @dns                     those of a folder that carry a tag",
            "  ./lockdown run @conformance                      the NetworkPolicy specification, with a table by feature",
            "  ./lockdown run --failed                          what did not pass, or did not run, the last time",
            "  ./lockdown run --failed reports/20261122-140311  what did not pass then",
            "  ./lockdown run --seed 4711 --repeat 20           look for what fails now and then",
            "  ./lockdown run @soak --for 30m                   half an hour of disruptions, sampled all the while",
            "  ./lockdown run shop.feature --mutate             rules of your policies that nobody would miss",
            "  ./lockdown run --shard 2/5                       the second of five equal parts, for CI");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        var clusters = new Clusters(context, environment);
        var check = requireUsable(options(typed), context.home());
        CheckText.large(check).forEach(context.err()::println);
        int threshold = typed.matchedOptionValue("--mutate-threshold", 0);
        if (typed.hasMatchedOption("--mutate")) return new MutationRunner(context, clusters).run(options(typed), threshold);
        if (typed.hasMatchedOption("--mutate-threshold")) throw Options.wrong(typed, "--mutate-threshold belongs to --mutate");
        return new SpecRunner(context, clusters, PolicyReview.NONE).foreseeing(asked(check)).run(options(typed));
    }

    private static Map<String, Requirements> asked(FeaturesCheck check) {
        return check.scenarios().stream()
            .collect(Collectors.toMap(FeatureCheck.Scenario::place, FeatureCheck.Scenario::requirements, (one, _) -> one));
    }

    /// What cannot be used is told at once, and before anything starts.
    private static FeaturesCheck requireUsable(RunOptions options, Path home) {
        var check = FeaturesCheck.of(SpecRunner.selections(options, _ -> {}), options.cluster().choice() instanceof ClusterChoice.Embedded,
            Clusters.cniNames(home));
        var mistakes = check.mistakes(Grade.WRONG);
        if (!mistakes.isEmpty()) throw new InputException(CheckText.refusal(mistakes));
        return check;
    }

    private static Duration soak(String text) {
        var time = DurationText.parse(text);
        if (time.compareTo(LONGEST_SOAK) > 0)
            throw new IllegalArgumentException("\"%s\" is too long; a day (24h) at most".formatted(text));
        return time;
    }

    private static int percent(String text) {
        if (!text.matches("100|[0-9]{1,2}")) throw new IllegalArgumentException("\"%s\" is no percentage; 0 to 100".formatted(text));
        return Integer.parseInt(text);
    }

    RunOptions options(ParseResult typed) {
        List<String> words = typed.matchedPositionalValue(0, List.of());
        Path failed = typed.matchedOptionValue("--failed", (@Nullable Path) null);
        if (failed != null && !words.isEmpty())
            throw Options.wrong(typed, "--failed takes what to run from an earlier run; leave out %s".formatted(String.join(" ", words)));
        if (LAST.equals(failed)) failed = last(typed);
        Path reports = typed.matchedOptionValue("--report", failed == null ? reports(context, words) : besides(failed));
        return new RunOptions(
            selections(context, words),
            ClusterOptions.of(typed, environment),
            reports,
            typed.matchedOptionValue("--keep-reports", Options.DEFAULT_REPORTS),
            typed.matchedOptionValue("--seed", context.clock().millis() % 100_000),
            failed,
            typed.matchedOptionValue("--repeat", 1),
            typed.matchedOptionValue("--for", (@Nullable Duration) null),
            typed.matchedOptionValue("--shard", Shard.WHOLE),
            typed.matchedOptionValue("--history", (@Nullable Path) null),
            typed.hasMatchedOption("--allure"),
            typed.matchedOptionValue("--output", Output.TEXT),
            typed.matchedOptionValue("--threads", Runtime.getRuntime().availableProcessors()),
            Stream.concat(Stream.of(environment.getOrDefault("LOCKDOWN_COMMAND", "./lockdown")), typed.originalArgs().stream()).toList());
    }

    private Path last(ParseResult typed) {
        Path reports = typed.matchedOptionValue("--report", (@Nullable Path) null);
        return reports != null ? LastRun.in(reports) : new LastRun(context.state()).find(MAVENS, context.reports());
    }

    /// What is run again is reported beside what it was run in before.
    private Path besides(Path failed) {
        if (context.isAtHome()) return context.reports();
        var run = Files.isRegularFile(failed) ? failed.toAbsolutePath().getParent() : failed;
        var parent = run == null ? null : run.toAbsolutePath().normalize().getParent();
        if (parent == null) return context.reports();
        var here = Path.of("").toAbsolutePath();
        return parent.startsWith(here) ? here.relativize(parent) : parent;
    }

    /// Who stands in the clone, or runs what is in it, finds its reports there; whose features are elsewhere, beside them.
    static Path reports(ProcessContext context, List<String> words) {
        var own = words.stream().filter(w -> !TagChoice.isTag(w)).findFirst();
        if (own.isEmpty() || context.isAtHome()) return context.reports();
        var path = Path.of(own.get().replaceFirst("(:[0-9]+)+$", ""));
        boolean folder = Files.isDirectory(path) && Path.of("").toAbsolutePath().startsWith(path.toAbsolutePath().normalize());
        return folder ? path.resolve("reports").normalize() : path.resolveSibling("reports");
    }

    /// Tags alone narrow the clone's own features, wherever the command is typed.
    static List<String> selections(ProcessContext context, List<String> words) {
        if (words.stream().anyMatch(w -> !TagChoice.isTag(w))) return words;
        var all = new ArrayList<String>();
        all.add(context.atHome("features").toString());
        all.addAll(words);
        return all;
    }
}

package dev.lockdown.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./lockdown run`: the executable specification.
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false, abbreviateSynopsis = true, versionProvider = Version.class,
    description = "Run the executable specification: features written in Gherkin, proved by real connections.",
    optionListHeading = "%nOptions:%n", parameterListHeading = "%n",
    footer = {
        "",
        "Examples:",
        "  ./lockdown run                                   everything in features/",
        "  ./lockdown run features/dns.feature:21           the scenario at that line",
        "  ./lockdown run features @dns                     those of a folder that carry a tag",
        "  ./lockdown run --failed reports/20261122-140311  what did not pass then",
        "  ./lockdown run --seed 4711 --repeat 20           look for what fails now and then",
        "  ./lockdown run --shard 2/5                       the second of five equal parts, for CI"})
final class RunCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FEATURE[:LINE]|DIR|@TAG", arity = "0..*",
        description = "What to run; a @TAG narrows the features named. Default: features/")
    private List<String> selections = List.of();

    @Option(names = "--cluster", paramLabel = "CLUSTER", converter = ClusterChoiceConverter.class, defaultValue = "${env:LOCKDOWN_CLUSTER:-embedded}",
        description = "embedded (made of network namespaces; the default), k3s[:CNI[@VERSION]] or kubeconfig[:CONTEXT]. Also by LOCKDOWN_CLUSTER.")
    private ClusterChoice cluster = new ClusterChoice.Embedded();

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "With --cluster kubeconfig: kubectl's configuration.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "With --cluster kubeconfig: the context in it.")
    private @Nullable String context;

    @Option(names = "--failed", paramLabel = "RUN", description = "Only what did not pass in an earlier run, given by its folder.")
    private @Nullable Path failedOf;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", description = "Run everything N times.")
    private int repeat;

    @Option(names = "--shard", paramLabel = "I/N", converter = ShardConverter.class, defaultValue = "1/1", description = "Only the I-th of N equal parts.")
    private Shard shard = Shard.WHOLE;

    @Option(names = "--threads", paramLabel = "N", description = "How many scenarios at the same time. Default: one a processor.")
    private @Nullable Integer threads;

    @Option(names = "--seed", paramLabel = "N", description = "Where chance starts; every run prints its own. Default: another each time.")
    private @Nullable Long seed;

    @Option(names = "--output", paramLabel = "text|json|jsonl", defaultValue = "text", converter = OutputConverter.class,
        description = "What standard output carries: text for people, one JSON document, or the journal as JSON lines.")
    private Output output = Output.TEXT;

    @Option(names = "--report", paramLabel = "DIR", description = "Where the run's folder is made. Default: reports/")
    private @Nullable Path reports;

    @Option(names = "--allure", description = "Make the Allure site too.")
    private boolean allure;

    @Option(names = "--keep", description = "Leave the cluster as it is in the end, to look at it.")
    private boolean keep;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return new SpecRunner(surroundings).run(options()).code();
    }

    RunOptions options() {
        return new RunOptions(selected(), chosen(), kubeconfig, reports == null ? surroundings.atHome("reports") : reports,
            seed == null ? surroundings.clock().millis() % 100_000 : seed, failedOf, positive("--repeat", repeat), shard, keep, allure, output,
            positive("--threads", threads == null ? Runtime.getRuntime().availableProcessors() : threads), command());
    }

    private List<String> command() {
        var words = new ArrayList<>(List.of("./lockdown", "run"));
        words.addAll(spec.commandLine().getParseResult().originalArgs());
        return words;
    }

    /// Tags alone narrow the clone's own features, wherever the command is typed.
    private List<String> selected() {
        if (selections.stream().anyMatch(s -> !isTag(s))) return selections;
        var all = new ArrayList<String>();
        all.add(surroundings.atHome("features").toString());
        all.addAll(selections);
        return all;
    }

    private static boolean isTag(String selection) {
        return selection.startsWith("@") || selection.startsWith("not @") || selection.startsWith("(");
    }

    private ClusterChoice chosen() {
        if (context == null && kubeconfig == null) return cluster;
        if (!(cluster instanceof ClusterChoice.Kubeconfig existing))
            throw wrong("--%s belongs to --cluster kubeconfig".formatted(context == null ? "kubeconfig" : "context"));
        if (context == null) return existing;
        if (existing.context() != null && !existing.context().equals(context))
            throw wrong("two contexts: %s by --cluster and %s by --context".formatted(existing.context(), context));
        return new ClusterChoice.Kubeconfig(context);
    }

    private int positive(String option, int number) {
        if (number < 1) throw wrong("%s %d: at least 1".formatted(option, number));
        return number;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

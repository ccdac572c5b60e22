package dev.lockdown.cli;

import static dev.lockdown.cli.Options.flag;

import dev.lockdown.check.CheckJson;
import dev.lockdown.check.CheckText;
import dev.lockdown.check.FeaturesCheck;
import dev.lockdown.check.PlacedScenarios;
import dev.lockdown.cluster.kubernetes.Access;
import dev.lockdown.cluster.kubernetes.KubernetesBackend;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.check.Mistake;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.state.InputException;
import dev.lockdown.state.OutsideText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown check`: every mistake of features and of what they use, and which of them a cluster has a place for.
final class CheckCommand implements Command {
    private final ProcessContext context;
    private final Map<String, String> environment;

    CheckCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options
            .command(this, "check",
                "Tell every mistake of features and of the manifests that they use, and what a cluster would skip. Starts nothing.")
            .addPositional(PositionalParamSpec.builder().paramLabel("FEATURE[:LINE]|DIR|@TAG").arity("0..*").type(List.class)
                .auxiliaryTypes(String.class).description("What to check, as `run` takes it. Default: features/").build())
            .addOption(flag("--list", "Show the scenarios that a run of the same words would run."))
            .addOption(Options.textOrJson());
        ClusterOptions.addTo(spec);
        spec.usageMessage().footer("", "Examples:", "  ./lockdown check                      everything in features/",
            "  ./lockdown check shop.feature         one feature",
            "  ./lockdown check --list features @dns which scenarios a run would run",
            "  ./lockdown check --cluster kubeconfig which of them your cluster has a place for, and why not");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var check = FeaturesCheck.of(RunCommand.selections(context, typed.matchedPositionalValue(0, List.<String>of())), true,
            Clusters.cniNames(context.home()));
        var status = status(check);
        var placed = placed(check, ClusterOptions.of(typed, environment));
        if (Options.asksForJson(typed)) JsonDocument.write(context.out(), json -> CheckJson.write(check, placed, status.code(), json));
        else tell(check, placed, typed.hasMatchedOption("--list"));
        return status;
    }

    /// Against the cluster that the options choose, if they do.
    private @Nullable PlacedScenarios placed(FeaturesCheck check, ClusterOptions options) {
        return switch (options.choice()) {
            // It is made to measure, and what the machine lacks is doctor's to tell.
            case ClusterChoice.Embedded _ -> null;
            case ClusterChoice.Kubeconfig(var kubeContext) -> PlacedScenarios.of(check, Clusters.words(options),
                KubernetesBackend.provision(Access.find(options.kubeconfig(), kubeContext, environment),
                    new Clusters(context, environment).settings(options)));
            case ClusterChoice.K3s _ -> throw new InputException(
                "a k3s cluster is made by a run, and before that nobody can ask it; expected --cluster kubeconfig");
        };
    }

    private static ExitStatus status(FeaturesCheck check) {
        if (!check.mistakes(Grade.WRONG).isEmpty()) return ExitStatus.BAD_INPUT;
        return check.mistakes(Grade.PROVES_NOTHING).isEmpty() ? ExitStatus.OK : ExitStatus.INCONCLUSIVE;
    }

    private void tell(FeaturesCheck check, @Nullable PlacedScenarios placed, boolean list) {
        if (list)
            check.scenarios()
                .forEach(s -> context.out().println("%s  %s".formatted(OutsideText.inOneLine(s.place()), OutsideText.inOneLine(s.name()))));
        CheckText.large(check).forEach(context.out()::println);
        for (var mistake : check.mistakes()) context.out().println(word(mistake) + CheckText.of(mistake) + "\n");
        if (placed != null) placed.lines().forEach(context.out()::println);
        context.out().println(CheckText.summary(check));
    }

    private static String word(Mistake mistake) {
        return switch (mistake.grade()) {
            case WRONG -> "error: ";
            case PROVES_NOTHING -> "inconclusive: ";
        };
    }
}

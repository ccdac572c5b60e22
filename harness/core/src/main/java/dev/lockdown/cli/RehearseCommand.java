package dev.lockdown.cli;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Needs;
import dev.lockdown.graph.GraphText;
import dev.lockdown.need.PlatformAddresses;
import dev.lockdown.rehearsal.Rehearsal;
import dev.lockdown.rehearsal.RehearsalJson;
import dev.lockdown.rehearsal.RehearsalText;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.change.Annotations;
import dev.lockdown.rehearsal.change.ApplicationChange;
import dev.lockdown.rehearsal.change.ChangeJson;
import dev.lockdown.rehearsal.change.ChangeLines;
import dev.lockdown.rehearsal.page.RehearsalGraph;
import dev.lockdown.rehearsal.page.RehearsalMarkdown;
import dev.lockdown.rehearsal.page.RehearsalPage;
import dev.lockdown.rehearsal.page.State;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Cidr;
import dev.lockdown.trial.ScenarioJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown rehearse`: what a lockdown would break in somebody's application, and the smallest allowances that heal it.
final class RehearseCommand implements Command {
    private final ProcessContext context;
    private final Map<String, String> environment;

    RehearseCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options
            .command(this, "rehearse",
                "Rehearse a lockdown of an application: what its manifests need, what default-deny breaks of it, and the smallest NetworkPolicies "
                    + "that heal it, tried with real connections between shadow pods. Its images are never run.")
            .addPositional(PositionalParamSpec.builder().paramLabel("NAMESPACE").arity("0..*").type(List.class).auxiliaryTypes(String.class)
                .description("With --live: the namespaces of the application, as -n names them.").build())
            .addOption(OptionSpec.builder("--write").paramLabel("DIR").type(Path.class)
                .description("Write the proposed policies to files of this folder in place of printing them.").build())
            .addOption(Options.flag("--consolidate",
                "Propose fewer and wider policies: one a direction for each namespace. They open more than is needed, and how much is said."))
            .addOption(OptionSpec.builder("--host").paramLabel("NAME=ADDRESS,TCP/443").type(List.class).auxiliaryTypes(String.class)
                .description("The address of a host outside the cluster that the application dials. Repeatable.").build())
            .addOption(Options.option("--api-server", "ADDRESS:PORT", Addresses.ApiServer.class, PlatformAddresses::apiServer,
                "Where the Kubernetes API of your cluster listens, and from where it dials webhooks, for the proposals."))
            .addOption(Options.list("--node-addresses", "CIDR", Cidr.class, Cidr::parse,
                "The blocks that hold the addresses of your cluster's nodes, for what ends or begins in the network of a node. Repeatable."))
            .addOption(OptionSpec.builder("--ingress").paramLabel("NAMESPACE").type(String.class)
                .description("Where the ingress controller runs, if the manifests do not have it.").build())
            .addOption(OptionSpec.builder("--prometheus").paramLabel("NAMESPACE").type(String.class)
                .description("Where Prometheus runs, if the manifests do not have it.").build())
            .addOption(OptionSpec.builder("--base").paramLabel("OLD").arity("1..*").type(List.class).auxiliaryTypes(String.class)
                .description("Compare two states: files and folders before a change, or a revision of git in which -f, or --head, is read.")
                .build())
            .addOption(OptionSpec.builder("--head").paramLabel("NEW").arity("1..*").type(List.class).auxiliaryTypes(String.class)
                .description(
                    "With --base: the state after it, files and folders or a revision. Default: -f in the working tree. Exit status 1 where "
                        + "the change breaks what is needed or opens what nobody needs.")
                .build())
            .addOption(Options.flag("--github", "With --base: annotate the manifests' lines and write the step's summary."))
            .addOption(Options.flag("--beside",
                "With --live: stand the twins in the same cluster, in namespaces of their own beside what runs, NAME-twin-…, in place of an "
                    + "embedded one."))
            .addOption(Options.flag("--expected-only", "Probe nothing: only what the policies demand."))
            .addOption(Options.option("--output", "FORM", RehearseOutput.class, RehearseOutput::parse,
                "What standard output carries: text, json, yaml (the policies), html, dot, mermaid or markdown; of a change text, json or markdown. "
                    + "Default: text"))
            .addOption(OptionSpec.builder("--defect").hidden(true).type(String.class).build());
        ManifestOptions.addTo(spec);
        ClusterOptions.addTo(spec);
        spec.usageMessage().footer("", "Examples:",
            "  ./lockdown rehearse -f deploy/",
            "  ./lockdown rehearse -f deploy/ --output html > rehearse.html",
            "  ./lockdown rehearse --live shop --cluster kubeconfig",
            "  ./lockdown rehearse --live shop --cluster kubeconfig --beside",
            "  ./lockdown rehearse --base main -f deploy/ --github",
            "  helm template shop ./chart | ./lockdown rehearse -f - -n shop",
            "  ./lockdown rehearse -f deploy/ --host api.stripe.com=203.0.113.10,TCP/443 --write policies");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var stage = RehearsalStage.of(typed, environment);
        var input = new RehearsalInput(typed, stage, context.err());
        if (input.isChange()) return changed(input, stage, typed);
        if (typed.hasMatchedOption("--github")) throw Options.wrong(typed, "--github shows a change; give it with --base and --head");
        var folder = PolicyFolder.of(typed.matchedOptionValue("--write", (@Nullable Path) null));
        var rehearsal = input.rehearsal(input.read(environment));
        var rehearsed =
            typed.hasMatchedOption("--expected-only") ? rehearsal.expected() : onCluster(stage, typed, rehearsal, rehearsal::on);
        print(rehearsed, typed, folder);
        return rehearsed.isExact() && rehearsed.brokenToday() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private ExitStatus changed(RehearsalInput input, RehearsalStage stage, ParseResult typed) throws IOException {
        if (typed.hasMatchedOption("--write")) throw Options.wrong(typed, "--write keeps proposals, and a change has none");
        var states = input.change();
        var base = input.rehearsal(states.base());
        var head = input.rehearsal(states.head());
        var change = typed.hasMatchedOption("--expected-only") ? ApplicationChange.between(base.todayExpected(), head.todayExpected())
            // Each on a cluster that the other has never touched.
            : ApplicationChange.between(onCluster(stage, typed, base, base::todayOn), onCluster(stage, typed, head, head::todayOn));
        switch (typed.matchedOptionValue("--output", RehearseOutput.TEXT)) {
            case TEXT -> ChangeLines.text(change).forEach(context.out()::println);
            case MARKDOWN -> ChangeLines.markdown(change).forEach(context.out()::println);
            case JSON -> ChangeJson.write(change, context.out());
            case YAML -> throw Options.wrong(typed, "--output yaml has proposals, and a change has none; expected text, markdown or json");
            case HTML, DOT, MERMAID -> throw Options.wrong(typed,
                "--output html, dot and mermaid show one state, and a change has two; expected text, markdown or json");
        }
        context.out().flush();
        if (typed.hasMatchedOption("--github")) github(change, states.head());
        return change.isHarmless() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /// Annotations go to standard error, where GitHub reads them as well, so that standard output stays what --output says.
    private void github(ApplicationChange change, RehearsalInput.Application head) throws IOException {
        Annotations.of(change, head.places()).forEach(context.err()::println);
        var summary = environment.get("GITHUB_STEP_SUMMARY");
        if (summary != null && !summary.isEmpty())
            Files.writeString(Path.of(summary), String.join("\n", ChangeLines.markdown(change)) + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private <T> T onCluster(RehearsalStage stage, ParseResult typed, Rehearsal rehearsal, BiFunction<Cluster, ScenarioJournal, T> play) {
        String defect = typed.matchedOptionValue("--defect", "");
        try (var backend = !defect.isEmpty() ? EmbeddedClusters.embedded(context.clock(), defect)
            : stage.backend(new Clusters(context, environment), context, rehearsal.namespaces());
                var cluster = backend.start(Needs.DEFAULT)) {
            context.cleanup().add(cluster);
            return play.apply(cluster, new ScenarioJournal("rehearse", _ -> {}, context.clock()));
        }
    }

    private void print(Rehearsed rehearsed, ParseResult typed, @Nullable PolicyFolder folder) throws IOException {
        var told = folder == null ? List.<String>of() : folder.write(rehearsed.proposals());
        switch (typed.matchedOptionValue("--output", RehearseOutput.TEXT)) {
            case TEXT -> new RehearsalText(folder == null).lines(rehearsed).forEach(context.out()::println);
            case JSON -> RehearsalJson.write(rehearsed, context.out());
            case HTML -> RehearsalPage.write(rehearsed, context.out());
            case DOT -> context.out().print(GraphText.dot(RehearsalGraph.of(rehearsed, State.HEALED)));
            case MERMAID -> context.out().print(GraphText.mermaid(RehearsalGraph.of(rehearsed, State.HEALED)));
            case MARKDOWN -> RehearsalMarkdown.lines(rehearsed).forEach(context.out()::println);
            case YAML -> context.out().print(String.join("---\n", rehearsed.proposals().stream().map(p -> p.yaml()).toList()));
        }
        context.out().flush();
        told.forEach(context.err()::println);
    }
}

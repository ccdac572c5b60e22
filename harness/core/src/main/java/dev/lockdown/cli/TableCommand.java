package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Needs;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Addresses;
import dev.lockdown.table.DescribedStates;
import dev.lockdown.table.Survey;
import dev.lockdown.table.Survey.Agreement;
import dev.lockdown.table.SurveyJson;
import dev.lockdown.table.SurveyText;
import dev.lockdown.table.Surveyor;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.ScenarioJournal;
import dev.lockdown.trial.ScenarioJournal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown table`: who reaches whom in somebody's manifests.
final class TableCommand implements Command {
    private final ProcessContext context;
    private final Map<String, String> environment;

    TableCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options
            .command(this, "table", "Show who reaches whom in manifests: what the policies demand beside what real connections see.")
            .addOption(OptionSpec.builder("--then").paramLabel("FILE").type(List.class).auxiliaryTypes(Path.class)
                .description(
                    "A further state: what it has is applied, relabelled or ($patch: delete) deleted, and all is asked again. Repeatable.")
                .build())
            .addOption(OptionSpec.builder("--port").paramLabel("TCP/80").type(List.class).auxiliaryTypes(String.class)
                .description("A port that every pod serves. Repeatable. Default: what the pods declare.").build())
            .addOption(OptionSpec.builder("--host").paramLabel("NAME=ADDRESS,TCP/443").type(List.class).auxiliaryTypes(String.class)
                .description("A machine outside the cluster that is asked, and asks. Repeatable.").build())
            .addOption(Options.flag("--from-nodes", "Nodes ask, too."))
            .addOption(Options.flag("--expected-only", "Probe nothing: only what the policies demand."))
            .addOption(Options.flag("--only-differences", "Only flows that are not as expected."))
            .addOption(Options.flag("--ipv6", "On a cluster of IPv6 alone."))
            .addOption(Options.flag("--dual-stack", "On a cluster with IPv4 and IPv6."))
            .addOption(
                Options.option("--output", "text|json|jsonl", Output.class, Output::parse, "What standard output carries. Default: text"))
            .addOption(OptionSpec.builder("--defect").hidden(true).type(String.class).build());
        ManifestOptions.addTo(spec);
        ClusterOptions.addTo(spec);
        spec.usageMessage().footer("", "Examples:",
            "  ./lockdown table -f policies/ -f apps/shop.yaml",
            "  kubectl get deploy,svc,netpol,ns -A -o yaml | ./lockdown table -f - --expected-only",
            "  ./lockdown table -f shop.yaml --port TCP/80 --port UDP/81 --then without-deny.yaml");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        List<Port> ports = typed.matchedOptionValue("--port", List.<String>of()).stream().map(TableCommand::port).toList();
        var input = new TableInput(context.err());
        var states = input.read(typed, ports);
        var output = typed.matchedOptionValue("--output", Output.TEXT);
        var surveys = new ArrayList<Survey>();
        var surveyor = new Surveyor(ports, typed.hasMatchedOption("--from-nodes"));
        if (typed.hasMatchedOption("--expected-only")) surveys.addAll(expected(states, surveyor, input));
        else probe(states, surveyor, typed, surveys);
        print(surveys, output, typed.hasMatchedOption("--only-differences"));
        if (surveys.stream().anyMatch(s -> s.count(Agreement.DIFFERS) > 0)) return ExitStatus.FAILED;
        return surveys.stream().anyMatch(s -> s.count(Agreement.UNDECIDED) > 0) ? ExitStatus.INCONCLUSIVE : ExitStatus.OK;
    }

    private static Port port(String text) {
        try {
            return Port.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException("--port: " + e.getMessage());
        }
    }

    private static Needs needs(ParseResult typed) {
        if (typed.hasMatchedOption("--dual-stack")) return new Needs(2, List.of(Family.IPV4, Family.IPV6));
        return typed.hasMatchedOption("--ipv6") ? new Needs(2, List.of(Family.IPV6)) : Needs.DEFAULT;
    }

    private List<Survey> expected(DescribedStates states, Surveyor surveyor, TableInput input) {
        var first = TableInput.cast(states);
        var given = new HashMap<Endpoint, List<InetAddress>>();
        int number = 2;
        for (var pod : first.pods().keySet()) {
            given.put(new Endpoint.Pod(pod), input.addresses(pod, number));
            number++;
        }
        return surveyor.expect(states, new Addresses(given), first);
    }

    private Backend backend(ParseResult typed) {
        String defect = typed.matchedOptionValue("--defect", "");
        if (!defect.isEmpty()) return EmbeddedClusters.embedded(context.clock(), defect);
        return new Clusters(context, environment).backend(ClusterOptions.of(typed, environment));
    }

    private void probe(DescribedStates states, Surveyor surveyor, ParseResult typed, List<Survey> surveys) {
        try (var backend = backend(typed); var cluster = backend.start(needs(typed))) {
            context.cleanup().add(cluster);
            surveyor.survey(states, cluster, new ScenarioJournal("table", _ -> {}, context.clock()), surveys::add);
        }
    }

    private void print(List<Survey> surveys, Output output, boolean onlyDifferences) throws IOException {
        switch (output) {
            case TEXT -> surveys.forEach(s -> new SurveyText(onlyDifferences).lines(s).forEach(context.out()::println));
            case JSON -> new SurveyJson(context.out(), onlyDifferences).document(surveys);
            case JSONL -> {
                for (var survey : surveys) new SurveyJson(context.out(), onlyDifferences).lines(survey);
            }
        }
        context.out().flush();
    }
}

package dev.lockdown.cli;

import dev.lockdown.policy.Oracle;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.table.Described;
import dev.lockdown.table.DescribedStates;
import dev.lockdown.table.FlowAnswer;
import dev.lockdown.table.FlowEnds;
import dev.lockdown.table.FlowQuestion;
import dev.lockdown.table.Workloads;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown explain`: which policies and rules decide one flow. Probes nothing.
final class ExplainCommand implements Command {
    private final ProcessContext context;
    private final Map<String, String> environment;

    ExplainCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "explain", "Tell which policies and rules decide one flow, and what almost did. Probes nothing.")
            .addOption(OptionSpec.builder("--from").paramLabel("END").required(true).type(String.class)
                .description("The source: a pod or a workload (shop/web), an address, host:NAME, node:NAME or kubernetes-api.").build())
            .addOption(OptionSpec.builder("--to").paramLabel("END").required(true).type(String.class)
                .description("The destination: the same, or service:NS/NAME.").build())
            .addOption(OptionSpec.builder("--port").paramLabel("TCP/80").required(true).type(String.class)
                .description("Protocol and port, by number or by the name that the destination gives it (TCP/http).").build())
            .addOption(OptionSpec.builder("--host").paramLabel("NAME=ADDRESS,TCP/443").type(List.class).auxiliaryTypes(String.class)
                .description("The addresses of a machine outside the cluster that is named by host:NAME. Repeatable.").build())
            .addOption(Options.flag("--accept-unseen", "Go on though the manifests have other policies than NetworkPolicy."))
            .addOption(Options.textOrJson());
        ManifestOptions.addTo(spec);
        ClusterOptions.addKubeconfigTo(spec);
        spec.usageMessage().footer("", "Examples:",
            "  ./lockdown explain -f shop.yaml --from shop/web --to shop/api --port TCP/http",
            "  ./lockdown explain -f shop.yaml --from 203.0.113.9 --to shop/web-1 --port TCP/8080",
            "  ./lockdown explain --cluster kubeconfig --live --from shop/web --to crm/db --port TCP/5432");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var first = FirstState.read(typed, environment, namespaces(typed));
        var manifest = first.manifest();
        var hosts = typed.matchedOptionValue("--host", List.<String>of()).stream().map(TableInput::outside).toList();
        var states = DescribedStates.of(manifest, List.of(), List.of()).beside(hosts);
        var state = TableInput.cast(states).after(states.policies());
        var described = Described.of(states, List.of(manifest), List.of(state), first.scope());
        ManifestOptions.tell(described.notes(), context.err());
        var ends = new FlowEnds(state, Workloads.of(manifest.resources()), first.namespace());
        var question = new FlowQuestion(ends.source(typed.matchedOptionValue("--from", "")),
            ends.destination(typed.matchedOptionValue("--to", "")), typed.matchedOptionValue("--port", ""));
        var answers = FlowAnswer.of(question.flows(state), new Oracle(state, addresses(described, state, question, hosts)));
        if (Options.asksForJson(typed)) JsonDocument.write(context.out(), new ExplainJson(question, answers, described)::body);
        else new ExplainText(question, answers).lines().forEach(context.out()::println);
        return ExitStatus.OK;
    }

    /// The namespaces of both ends, such as `shop` of `service:shop/web`.
    private static Set<String> namespaces(ParseResult typed) {
        return Stream.of("--from", "--to").map(o -> typed.matchedOptionValue(o, "")).filter(e -> e.contains("/"))
            .map(e -> e.substring(e.indexOf(':') + 1, e.indexOf('/'))).collect(Collectors.toSet());
    }

    private static Addresses addresses(Described described, ClusterState state, FlowQuestion question, List<ExternalHost> hosts) {
        var given = new HashMap<>(described.addresses(state));
        given.putAll(FlowEnds.addresses(question.from(), hosts));
        given.putAll(FlowEnds.addresses(question.to(), hosts));
        return new Addresses(given);
    }
}

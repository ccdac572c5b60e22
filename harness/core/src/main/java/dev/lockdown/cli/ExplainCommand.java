package dev.lockdown.cli;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Note;
import dev.lockdown.policy.Oracle;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Node;
import dev.lockdown.table.DescribedStates;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown explain`: which policies and rules decide one flow. Probes nothing.
final class ExplainCommand implements Command {
    private final ProcessContext context;

    ExplainCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "explain", "Tell which policies and rules decide one flow, and what almost did. Probes nothing.")
            .addOption(
                OptionSpec.builder("--from").paramLabel("NS/POD").required(true).type(String.class).description("The source.").build())
            .addOption(OptionSpec.builder("--to").paramLabel("NS/POD").required(true).type(String.class)
                .description("The destination; service:NS/NAME for a Service.").build())
            .addOption(OptionSpec.builder("--port").paramLabel("TCP/80").required(true).type(String.class).description("Protocol and port.")
                .build())
            .addOption(Options.flag("--accept-unseen", "Go on though the manifests have other policies than NetworkPolicy."))
            .addOption(Options.textOrJson());
        ManifestOptions.addTo(spec);
        spec.usageMessage().footer("", "Example:", "  ./lockdown explain -f shop.yaml --from shop/web-1 --to shop/api-1 --port TCP/8080");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var manifest = ManifestOptions.read(typed).onNodes(List.of("node-1"));
        ManifestOptions.tell(manifest.notes().stream().filter(n -> n.grade() == Note.Grade.UNSEEN).toList(), context.err());
        var states = DescribedStates.of(manifest, List.of(), List.of());
        var state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(states.cast()).after(states.policies());
        var flow = Flow.of(end(typed.matchedOptionValue("--from", ""), state), end(typed.matchedOptionValue("--to", ""), state),
            port(typed.matchedOptionValue("--port", "")));
        var explanation = new Oracle(state, addresses(state, manifest)).explain(flow);
        if (Options.asksForJson(typed)) JsonDocument.write(context.out(), new ExplainJson(explanation, manifest)::body);
        else explanation.lines().forEach(context.out()::println);
        return ExitStatus.OK;
    }

    private static Endpoint end(String text, ClusterState state) {
        Endpoint end;
        try {
            end = Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + "; expected a pod such as shop/web or service:shop/api");
        }
        var known = new TreeSet<String>();
        state.pods().keySet().forEach(p -> known.add(p.toString()));
        state.services().keySet().forEach(s -> known.add("service:" + s));
        if (!known.contains(end.toString()))
            throw new InputException("there is no %s in the manifests; there are: %s".formatted(end, String.join(", ", known)));
        return end;
    }

    private static Port port(String text) {
        try {
            return Port.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException("--port: " + e.getMessage());
        }
    }

    /// Those that a cluster gave to the pods of a dump, and made-up ones for the others.
    private static Addresses addresses(ClusterState state, Manifest manifest) {
        var given = new HashMap<Endpoint, List<InetAddress>>();
        int number = 2;
        for (var pod : state.pods().keySet())
            given.put(new Endpoint.Pod(pod), manifest.addresses()
                .getOrDefault(pod, List.of("10.42.%d.%d".formatted(number / 250, number++ % 250 + 1))).stream().map(InetAddress::ofLiteral)
                .toList());
        return new Addresses(given);
    }
}

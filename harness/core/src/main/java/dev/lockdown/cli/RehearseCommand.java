package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Needs;
import dev.lockdown.graph.GraphText;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.need.NeedReader;
import dev.lockdown.need.Party;
import dev.lockdown.rehearsal.Rehearsal;
import dev.lockdown.rehearsal.RehearsalJson;
import dev.lockdown.rehearsal.RehearsalText;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Shadows;
import dev.lockdown.rehearsal.page.RehearsalGraph;
import dev.lockdown.rehearsal.page.RehearsalMarkdown;
import dev.lockdown.rehearsal.page.RehearsalPage;
import dev.lockdown.rehearsal.page.State;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.ScenarioJournal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
            .addOption(OptionSpec.builder("--write").paramLabel("DIR").type(Path.class)
                .description("Write the proposed policies to files of this folder in place of printing them.").build())
            .addOption(OptionSpec.builder("--host").paramLabel("NAME=ADDRESS,TCP/443").type(List.class).auxiliaryTypes(String.class)
                .description("The address of a host outside the cluster that the application dials. Repeatable.").build())
            .addOption(OptionSpec.builder("--api-server").paramLabel("ADDRESS:PORT").type(String.class)
                .description("Where the Kubernetes API of your cluster listens, for the proposals.").build())
            .addOption(OptionSpec.builder("--ingress").paramLabel("NAMESPACE").type(String.class)
                .description("Where the ingress controller runs, if the manifests do not have it.").build())
            .addOption(OptionSpec.builder("--prometheus").paramLabel("NAMESPACE").type(String.class)
                .description("Where Prometheus runs, if the manifests do not have it.").build())
            .addOption(Options.flag("--expected-only", "Probe nothing: only what the policies demand."))
            .addOption(Options.option("--output", "FORM", RehearseOutput.class, RehearseOutput::parse,
                "What standard output carries: text, json, yaml, html, dot, mermaid or markdown. Default: text"))
            .addOption(OptionSpec.builder("--defect").hidden(true).type(String.class).build());
        ManifestOptions.addTo(spec);
        ClusterOptions.addTo(spec);
        spec.usageMessage().footer("", "Examples:",
            "  ./lockdown rehearse -f deploy/",
            "  ./lockdown rehearse -f deploy/ --output html > rehearse.html",
            "  helm template shop ./chart | ./lockdown rehearse -f - -n shop",
            "  ./lockdown rehearse -f deploy/ --host api.stripe.com=203.0.113.10,TCP/443 --write policies");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var namespace = ManifestOptions.namespace(typed);
        var sources = ManifestOptions.sources(typed);
        var manifest =
            Manifests.readAll(sources, namespace).requireRead(typed.hasMatchedOption("--accept-unseen")).onNodes(TableInput.NODES);
        ManifestOptions.tell(manifest.notes().stream().filter(n -> !NeedReader.reads(n.kind())).toList(), context.err());
        var needs = NeedReader.read(manifest, sources, namespace, platform(typed));
        if (needs.workloads().isEmpty())
            throw new InputException(
                "the manifests have no pods and no workloads, so there is no application to rehearse with; add them with -f");
        var hosts = typed.matchedOptionValue("--host", List.<String>of()).stream().map(TableInput::outside).toList();
        var rehearsal = new Rehearsal(needs, Shadows.of(manifest, needs, hosts), apiServer(typed));
        var rehearsed = typed.hasMatchedOption("--expected-only") ? rehearsal.expected() : onCluster(rehearsal, typed);
        print(rehearsed, typed);
        return rehearsed.isExact() && rehearsed.brokenToday() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static Map<Party.Role, String> platform(ParseResult typed) {
        var places = new EnumMap<Party.Role, String>(Party.Role.class);
        if (typed.matchedOptionValue("--ingress", null) instanceof String namespace) places.put(Party.Role.INGRESS, namespace);
        if (typed.matchedOptionValue("--prometheus", null) instanceof String namespace) places.put(Party.Role.PROMETHEUS, namespace);
        return places;
    }

    private static Addresses.@Nullable ApiServer apiServer(ParseResult typed) {
        if (!(typed.matchedOptionValue("--api-server", null) instanceof String text)) return null;
        int colon = text.lastIndexOf(':');
        try {
            return new Addresses.ApiServer(InetAddress.ofLiteral(text.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", "")),
                Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new InputException(
                "--api-server: \"%s\" is no address with a port; expected 10.0.0.1:6443 or [fd00::1]:6443".formatted(text));
        }
    }

    private Rehearsed onCluster(Rehearsal rehearsal, ParseResult typed) {
        try (var backend = backend(typed); var cluster = backend.start(Needs.DEFAULT)) {
            context.cleanup().add(cluster);
            return rehearsal.on(cluster, new ScenarioJournal("rehearse", _ -> {}, context.clock()));
        }
    }

    private Backend backend(ParseResult typed) {
        String defect = typed.matchedOptionValue("--defect", "");
        if (!defect.isEmpty()) return EmbeddedClusters.embedded(context.clock(), defect);
        return new Clusters(context, environment).backend(ClusterOptions.of(typed, environment));
    }

    private void print(Rehearsed rehearsed, ParseResult typed) throws IOException {
        Path folder = typed.matchedOptionValue("--write", null);
        if (folder != null) write(rehearsed, folder);
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
    }

    private void write(Rehearsed rehearsed, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var proposal : rehearsed.proposals()) Files.writeString(folder.resolve(proposal.file()), proposal.yaml());
        context.err().println("%s policies written to %s".formatted(rehearsed.proposals().size(), folder));
    }
}

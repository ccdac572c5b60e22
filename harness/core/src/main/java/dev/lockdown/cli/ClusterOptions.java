package dev.lockdown.cli;

import static dev.lockdown.cli.Options.flag;
import static dev.lockdown.cli.Options.option;
import static dev.lockdown.cli.Options.path;
import static dev.lockdown.cli.Options.text;
import static dev.lockdown.cli.Options.wrong;

import dev.lockdown.cluster.kubernetes.Settings;
import dev.lockdown.cluster.kubernetes.outside.External;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Which cluster a command works on, and how it behaves there: the options that all such commands have in common.
///
/// @param embedded what only the embedded cluster is told
/// @param k3s what only k3s is told
/// @param kubeconfig null means kubectl's own way of finding one
/// @param agentImage of the agents' pods
/// @param namespaces existing namespaces to use, by the features' names
/// @param externals addresses of external hosts
/// @param acceptUnseen whether to go on though something decides over flows that is not a NetworkPolicy
/// @param allowDisruptive whether to disturb what others may use too
/// @param allowNodePods whether to read what nodes have programmed by privileged pods
/// @param keep whether the cluster stays as it is when the command is over
record ClusterOptions(ClusterChoice choice, EmbeddedOptions embedded, K3sOptions k3s, @Nullable Path kubeconfig, String agentImage,
        Map<String, String> namespaces, Map<String, External> externals, boolean acceptUnseen, boolean allowDisruptive,
        boolean allowNodePods, boolean keep) {
    ClusterOptions {
        namespaces = Map.copyOf(namespaces);
        externals = Map.copyOf(externals);
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(option("--cluster", "CLUSTER", ClusterChoice.class, ClusterChoice::parse,
            "embedded (made of network namespaces; the default), "
                + "k3s[:CNI[@VERSION]] or kubeconfig[:CONTEXT]. LOCKDOWN_CLUSTER says it too.")
            .toBuilder().completionCandidates(List.of("embedded", "k3s", "kubeconfig")).build())
            .addOption(path("--kubeconfig", "FILE", "With --cluster kubeconfig: kubectl's configuration."))
            .addOption(text("--context", "NAME", "With --cluster kubeconfig: the context in it."))
            .addOption(text("--agent-image", "IMAGE", "A Java 25 image for the agents' pods. Default: " + Settings.AGENT_IMAGE))
            .addOption(repeated("--external", "HOST=ADDRESS[:PORT]",
                "Where an external host of a feature really is; HOST=self: this machine serves it. Repeatable."))
            .addOption(repeated("--map", "NAMESPACE=NAME", "Use an existing namespace of the cluster for a feature's. Repeatable."))
            .addOption(flag("--accept-unseen",
                "Go on though the cluster or the manifests have other policies than NetworkPolicy, or a service mesh."))
            .addOption(
                flag("--allow-disruptive", "Disturb what others on the cluster may use too: its nodes, its API, its network plugin."))
            .addOption(flag("--allow-node-pods",
                "Read what nodes have programmed by privileged pods on them, where the network plugin's own pods cannot be asked."))
            .addOption(flag("--keep", "Leave the cluster as it is in the end, to look at it."));
        K3sOptions.addTo(spec);
    }

    /// What a command is told that reads a cluster and runs nothing there.
    static void addKubeconfigTo(CommandSpec spec) {
        spec.addOption(option("--cluster", "CLUSTER", ClusterChoice.class, ClusterChoice::parse,
            "With --live: kubeconfig[:CONTEXT]. LOCKDOWN_CLUSTER says it too."))
            .addOption(path("--kubeconfig", "FILE", "With --cluster kubeconfig: kubectl's configuration."))
            .addOption(text("--context", "NAME", "With --cluster kubeconfig: the context in it."));
    }

    private static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(List.class).auxiliaryTypes(String.class).description(description).build();
    }

    static ClusterOptions of(ParseResult typed, Map<String, String> environment) {
        var choice = choice(typed, environment);
        return new ClusterOptions(choice, EmbeddedOptions.of(typed, choice), K3sOptions.of(typed, choice),
            typed.matchedOptionValue("--kubeconfig", (@Nullable Path) null),
            typed.matchedOptionValue("--agent-image", Settings.AGENT_IMAGE), namespaces(typed),
            pairs(typed, "--external", (_, address) -> External.parse(address)), typed.hasMatchedOption("--accept-unseen"),
            typed.hasMatchedOption("--allow-disruptive"), typed.hasMatchedOption("--allow-node-pods"), typed.hasMatchedOption("--keep"));
    }

    /// The same with other names for namespaces that were not mapped.
    ClusterOptions withNamespaces(Map<String, String> names) {
        var all = new HashMap<>(names);
        all.putAll(namespaces);
        return new ClusterOptions(choice, embedded, k3s, kubeconfig, agentImage, all, externals, acceptUnseen, allowDisruptive,
            allowNodePods, keep);
    }

    private static Map<String, String> namespaces(ParseResult typed) {
        Map<String, String> pairs = pairs(typed, "--map", (_, name) -> name);
        if (pairs.values().stream().distinct().count() < pairs.size()) throw wrong(typed, "--map gives two namespaces the same name");
        return pairs;
    }

    private static ClusterChoice choice(ParseResult typed, Map<String, String> environment) {
        var chosen =
            typed.hasMatchedOption("--cluster") ? typed.<ClusterChoice>matchedOptionValue("--cluster", new ClusterChoice.Embedded())
                : byEnvironment(typed, environment);
        for (var option : List.of("--kubeconfig", "--context")) {
            if (typed.hasMatchedOption(option) && !(chosen instanceof ClusterChoice.Kubeconfig))
                throw wrong(typed, option + " belongs to --cluster kubeconfig");
        }
        for (var option : List.of("--agent-image", "--external", "--map", "--allow-node-pods")) {
            if (typed.hasMatchedOption(option) && chosen instanceof ClusterChoice.Embedded)
                throw wrong(typed, option + " belongs to --cluster kubeconfig or k3s; the embedded cluster has no use for it");
        }
        String context = typed.matchedOptionValue("--context", (@Nullable String) null);
        if (context == null) return chosen;
        if (chosen instanceof ClusterChoice.Kubeconfig(var other) && other != null && !other.equals(context))
            throw wrong(typed, "two contexts: %s by --cluster and %s by --context".formatted(other, context));
        return new ClusterChoice.Kubeconfig(context);
    }

    private static ClusterChoice byEnvironment(ParseResult typed, Map<String, String> environment) {
        try {
            return ClusterChoice.parse(environment.getOrDefault("LOCKDOWN_CLUSTER", "embedded"));
        } catch (IllegalArgumentException e) {
            throw wrong(typed, "LOCKDOWN_CLUSTER: " + e.getMessage());
        }
    }

    private static <T> Map<String, T> pairs(ParseResult typed, String option, BiFunction<String, String, T> read) {
        var pairs = new LinkedHashMap<String, T>();
        for (var text : typed.matchedOptionValue(option, List.<String>of())) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) throw wrong(typed, "%s %s: expected NAME=VALUE".formatted(option, text));
            try {
                if (pairs.put(text.substring(0, equals), read.apply(text.substring(0, equals), text.substring(equals + 1))) != null)
                    throw wrong(typed, "%s names %s twice".formatted(option, text.substring(0, equals)));
            } catch (IllegalArgumentException e) {
                throw wrong(typed, "%s %s: %s".formatted(option, text, e.getMessage()));
            }
        }
        return pairs;
    }
}

package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Where `rehearse` plays: in a cluster of its own, or in namespaces of its own of a cluster that is there.
///
/// @param options null for the embedded cluster
/// @param isShared whether others run on it, and keep their namespaces to themselves
record RehearsalStage(@Nullable ClusterOptions options, boolean isShared) {
    /// The longest name of a namespace (RFC 1123 label).
    private static final int LONGEST = 63;

    static RehearsalStage of(ParseResult typed, Map<String, String> environment) {
        boolean isBeside = typed.hasMatchedOption("--beside");
        if (isBeside && !FirstState.isLive(typed))
            throw Options.wrong(typed,
                "--beside stands twins of --live; manifests are played beside what runs by --cluster kubeconfig alone");
        if (isBeside && typed.hasMatchedOption("--expected-only"))
            throw Options.wrong(typed, "--expected-only probes nothing, so there is nothing to stand --beside");
        var options = ClusterOptions.of(typed, environment);
        if (FirstState.isLive(typed) && !isBeside || typed.hasMatchedOption("--expected-only")) return new RehearsalStage(null, false);
        return new RehearsalStage(options, options.choice() instanceof ClusterChoice.Kubeconfig);
    }

    /// @param namespaces that are needed, as the manifests name them
    /// @throws dev.lockdown.cluster.EnvironmentException if this machine or that cluster cannot
    Backend backend(Clusters clusters, ProcessContext context, Set<String> namespaces) {
        if (options == null) return EmbeddedClusters.embedded(context.clock(), "");
        return clusters.backend(
            isShared ? options.withNamespaces(twins(namespaces, UUID.randomUUID().toString().substring(0, 6))) : options);
    }

    /// Names that nobody has: a namespace of the application itself may be there and full of life.
    ///
    /// @param mark tells them from those of others
    /// @return by the manifests' names; no two are alike
    static Map<String, String> twins(Set<String> namespaces, String mark) {
        var names = new TreeMap<String, String>();
        for (var name : new TreeSet<>(namespaces)) {
            var end = "-twin-" + mark;
            for (int number = 2; names.containsValue(cut(name, end)); number++) end = "-twin-" + mark + "-" + number;
            names.put(name, cut(name, end));
        }
        return names;
    }

    private static String cut(String name, String end) {
        return name.substring(0, Math.min(name.length(), LONGEST - end.length())) + end;
    }
}

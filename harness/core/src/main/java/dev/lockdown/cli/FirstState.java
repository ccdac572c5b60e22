package dev.lockdown.cli;

import dev.lockdown.cluster.kubernetes.Access;
import dev.lockdown.cluster.kubernetes.KubernetesLister;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.table.LiveState;
import dev.lockdown.table.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ParseResult;

/// What `table` and `explain` ask about: manifests, or with `--live` what a cluster has.
///
/// @param scope the part of it that is asked about
/// @param namespace of objects and names that have none
record FirstState(Manifest manifest, Scope scope, String namespace) {
    private static final List<String> MANIFESTS = List.of("-f", "-k", "--helm", "-R", "--base", "--head");

    static FirstState read(ParseResult typed, Map<String, String> environment) {
        return read(typed, environment, Set.of());
    }

    /// @param beside namespaces that are asked about as well, where a cluster is read
    static FirstState read(ParseResult typed, Map<String, String> environment, Set<String> beside) {
        if (isLive(typed)) return live(typed, environment, beside);
        var manifest = ManifestOptions.read(typed).onNodes(TableInput.NODES);
        return new FirstState(manifest, Scope.EVERYTHING, ManifestOptions.namespace(typed));
    }

    static boolean isLive(ParseResult typed) {
        if (typed.hasMatchedOption("--live")) return true;
        if (typed.hasMatchedOption("-A"))
            throw Options.wrong(typed, "--all-namespaces belongs to --live; of manifests all are asked about");
        return false;
    }

    private static FirstState live(ParseResult typed, Map<String, String> environment, Set<String> beside) {
        for (var option : MANIFESTS)
            if (typed.hasMatchedOption(option))
                throw Options.wrong(typed, "--live takes the cluster's state in place of %s; a change of it is given with --then".formatted(
                    option));
        if (typed.hasMatchedOption("-A") && typed.hasMatchedOption("-n"))
            throw Options.wrong(typed, "--namespace and --all-namespaces exclude each other");
        var options = ClusterOptions.of(typed, environment);
        if (!(options.choice() instanceof ClusterChoice.Kubeconfig(var kubeContext)))
            throw Options.wrong(typed, "--live reads a cluster that is there; say which with --cluster kubeconfig[:CONTEXT]");
        try (var cluster = KubernetesLister.of(Access.find(options.kubeconfig(), kubeContext, environment))) {
            var names = typed.matchedOptionValue("--namespace", List.of(cluster.namespace()));
            var asked = new TreeSet<>(names);
            asked.addAll(beside);
            var live = LiveState.of(cluster, typed.hasMatchedOption("-A") ? Set.of() : asked);
            return new FirstState(live.manifest().requireRead(options.acceptUnseen()), live.scope(), names.getFirst());
        }
    }
}

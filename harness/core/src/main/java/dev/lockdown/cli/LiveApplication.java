package dev.lockdown.cli;

import dev.lockdown.cluster.ApiKind;
import dev.lockdown.cluster.ObjectLister;
import dev.lockdown.cluster.kubernetes.Access;
import dev.lockdown.cluster.kubernetes.KubernetesLister;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Resource;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.rehearsal.Shadows;
import dev.lockdown.state.InputException;
import dev.lockdown.table.LiveState;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ParseResult;

/// An application as a cluster runs it in some namespaces, by list alone: nothing of it is touched. Secrets are not even listed, since a list
/// has their values.
///
/// @param sources every object that says what the application needs
record LiveApplication(Manifest manifest, List<Source> sources) {
    private static final ApiKind NAMESPACES = new ApiKind("", "v1", "namespaces", "Namespace", false);
    /// Without these its needs would be made up.
    private static final List<ApiKind> WORKLOADS = List.of(ApiKind.of("v1", "Pod"), ApiKind.of("apps/v1", "Deployment"),
        ApiKind.of("apps/v1", "StatefulSet"), ApiKind.of("apps/v1", "DaemonSet"), ApiKind.of("apps/v1", "ReplicaSet"),
        ApiKind.of("batch/v1", "Job"), ApiKind.of("batch/v1", "CronJob"), ApiKind.of("v1", "Service"));
    /// Where one may not list them, or the cluster does not have them, what they would say is missing, and is said.
    private static final List<ApiKind> MORE = List.of(ApiKind.of("v1", "ConfigMap"), ApiKind.of("v1", "ServiceAccount"),
        ApiKind.of("networking.k8s.io/v1", "Ingress"), ApiKind.of("rbac.authorization.k8s.io/v1", "RoleBinding"),
        ApiKind.of("gateway.networking.k8s.io/v1", "HTTPRoute"), ApiKind.of("gateway.networking.k8s.io/v1", "Gateway"),
        ApiKind.of("monitoring.coreos.com/v1", "ServiceMonitor"), ApiKind.of("monitoring.coreos.com/v1", "PodMonitor"),
        ApiKind.of("monitoring.coreos.com/v1", "Prometheus"));

    static LiveApplication read(ParseResult typed, Map<String, String> environment, PrintWriter err) {
        for (var option : List.of("-f", "-k", "--helm", "-R", "--base", "--head"))
            if (typed.hasMatchedOption(option)) throw Options.wrong(typed, "--live takes the cluster's objects in place of " + option);
        var options = ClusterOptions.of(typed, environment);
        if (!(options.choice() instanceof ClusterChoice.Kubeconfig(var kubeContext)))
            throw Options.wrong(typed, "--live reads a cluster that is there; say which with --cluster kubeconfig[:CONTEXT]");
        try (var cluster = KubernetesLister.of(Access.find(options.kubeconfig(), kubeContext, environment))) {
            var names = namespaces(typed, cluster);
            var live = LiveState.of(cluster, names).manifest().requireRead(options.acceptUnseen());
            var own = live.resources().stream().filter(r -> names.contains(namespace(r))).toList();
            return new LiveApplication(new Manifest(own, live.notes(), live.addresses()),
                sources(cluster, names, err));
        }
    }

    /// Those that were named, else the context's own; with `-A` all but the system's.
    private static Set<String> namespaces(ParseResult typed, KubernetesLister cluster) {
        var names = new TreeSet<>(typed.matchedPositionalValue(0, List.<String>of()));
        names.addAll(typed.matchedOptionValue("--namespace", List.of()));
        if (typed.hasMatchedOption("-A")) {
            if (!names.isEmpty()) throw Options.wrong(typed, "-A asks about all namespaces; name them, or leave it out");
            if (!(cluster.list(NAMESPACES, "") instanceof ObjectLister.Objects(var all)))
                throw new InputException("this user may not list namespaces, so -A cannot be answered; name them");
            for (var resource : Manifests.readAll(all, "default").resources())
                if (resource instanceof Resource.OfNamespace(var namespace, _, _) && !Shadows.isSystem(namespace.name()))
                    names.add(namespace.name());
        }
        return names.isEmpty() ? Set.of(cluster.namespace()) : names;
    }

    private static List<Source> sources(ObjectLister cluster, Set<String> namespaces, PrintWriter err) {
        var sources = new ArrayList<Source>();
        var denied = new TreeSet<String>();
        for (var namespace : namespaces) {
            for (var kind : WORKLOADS) list(cluster, kind, namespace, sources, denied);
            for (var kind : MORE) list(cluster, kind, namespace, sources, denied);
        }
        if (!denied.isEmpty())
            err.println("warning: this user may not list %s; what they say of needs is not seen".formatted(String.join(", ", denied)));
        if (sources.isEmpty()) throw new InputException("there is nothing in namespace " + String.join(", ", namespaces));
        return sources;
    }

    private static void list(ObjectLister cluster, ApiKind kind, String namespace, List<Source> sources, Set<String> denied) {
        switch (cluster.list(kind, namespace)) {
            case ObjectLister.Objects(var found) -> sources.addAll(found);
            case ObjectLister.Denied _ -> denied.add(kind.resource());
        }
    }

    private static String namespace(Resource resource) {
        return switch (resource) {
            case Resource.OfNamespace(var namespace, _, _) -> namespace.name();
            case Resource.OfPod(var pod, _, _, _) -> pod.name().namespace();
            case Resource.OfService(var service, _, _) -> service.name().namespace();
            case Resource.OfPolicy(var policy, _, _) -> policy.name().namespace();
            case Resource.Deletion _ -> "";
        };
    }
}

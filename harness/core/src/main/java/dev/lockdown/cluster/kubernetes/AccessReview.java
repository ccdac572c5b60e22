package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.EnvironmentException;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks the API whether the user of a kubeconfig may do all that a run needs.
final class AccessReview {
    private final KubernetesClient client;

    AccessReview(KubernetesClient client) {
        this.client = client;
    }

    /// One rule of the Role.
    ///
    /// @param resource with its subresource, as RBAC writes it
    record Rule(String group, String resource, List<String> verbs) {}

    /// The least that a run needs, cluster-wide because it makes namespaces of its own.
    static final List<Rule> NEEDED = List.of(
        new Rule("", "nodes", List.of("list")),
        new Rule("", "namespaces", List.of("list", "get", "create", "patch", "delete")),
        new Rule("", "pods", List.of("list", "get", "create", "patch", "delete")),
        new Rule("", "pods/attach", List.of("get", "create")),
        new Rule("", "pods/log", List.of("get")),
        new Rule("", "events", List.of("list")),
        new Rule("", "configmaps", List.of("list", "create", "delete")),
        new Rule("", "services", List.of("list", "get", "create", "patch", "delete")),
        new Rule("discovery.k8s.io", "endpointslices", List.of("list")),
        new Rule("networking.k8s.io", "networkpolicies", List.of("list", "get", "create", "patch", "delete")),
        new Rule("coordination.k8s.io", "leases", List.of("get", "create", "update", "delete")),
        new Rule("apiextensions.k8s.io", "customresourcedefinitions", List.of("list")));

    /// What a run is faster with.
    static final List<Rule> WANTED = List.of(new Rule("", "pods", List.of("watch")));

    /// Ask the API whether all of it is allowed.
    ///
    /// @throws EnvironmentException with the ClusterRole that would allow what is not
    void require() {
        var missing = new ArrayList<Rule>();
        for (var rule : NEEDED) {
            var denied = rule.verbs.stream().filter(verb -> !allowed(rule, verb)).toList();
            if (!denied.isEmpty()) missing.add(new Rule(rule.group, rule.resource, denied));
        }
        if (missing.isEmpty()) return;
        throw new EnvironmentException("the user of this kubeconfig may not %s on the cluster; what a run needs:\n%s".formatted(
            missing.stream().map(r -> "%s %s".formatted(String.join(", ", r.verbs), r.resource)).collect(Collectors.joining("; ")), role()),
            null);
    }

    boolean allowed(Rule rule, String verb) {
        var parts = rule.resource.split("/", 2);
        var review = new SelfSubjectAccessReviewBuilder().withNewSpec().withNewResourceAttributes().withGroup(rule.group)
            .withResource(parts[0]).withSubresource(parts.length > 1 ? parts[1] : null).withVerb(verb).endResourceAttributes().endSpec()
            .build();
        return Boolean.TRUE.equals(client.resource(review).create().getStatus().getAllowed());
    }

    /// The ClusterRole that allows what a run needs, and nothing else.
    static String role() {
        var byVerbs = new LinkedHashMap<String, List<Rule>>();
        for (var rule : Stream.concat(NEEDED.stream(), WANTED.stream()).toList())
            byVerbs.computeIfAbsent(rule.group + " " + rule.verbs, _ -> new ArrayList<>()).add(rule);
        var rules = byVerbs.values().stream().map(rs -> "- apiGroups: [\"%s\"]\n  resources: [%s]\n  verbs: [%s]".formatted(
            rs.getFirst().group, rs.stream().map(Rule::resource).collect(Collectors.joining(", ")),
            String.join(", ", rs.getFirst().verbs))).collect(Collectors.joining("\n"));
        return """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: lockdown
            rules:
            """ + rules + "\n";
    }
}

package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.EnvironmentException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds what decides over flows in a cluster and is not a NetworkPolicy, so that the oracle cannot take it into account: other kinds
/// of policies, and service meshes.
public final class UnsupportedPolicies {
    private static final Set<String> POLICIES = Set.of("adminnetworkpolicies.policy.networking.k8s.io",
        "baselineadminnetworkpolicies.policy.networking.k8s.io", "clusternetworkpolicies.policy.networking.k8s.io",
        "globalnetworkpolicies.crd.projectcalico.org", "networkpolicies.crd.projectcalico.org",
        "stagedglobalnetworkpolicies.crd.projectcalico.org",
        "ciliumnetworkpolicies.cilium.io", "ciliumclusterwidenetworkpolicies.cilium.io", "clusternetworkpolicies.crd.antrea.io",
        "networkpolicies.crd.antrea.io");
    private static final Set<String> MESHES = Set.of("authorizationpolicies.security.istio.io", "peerauthentications.security.istio.io",
        "servers.policy.linkerd.io", "meshes.kuma.io");

    private UnsupportedPolicies() {}

    /// @throws EnvironmentException if there are any and they are not accepted
    public static void requireNone(KubernetesClient client, boolean accepted) {
        if (accepted) return;
        var found = found(client);
        if (!found.isEmpty())
            throw new EnvironmentException(
                ("this cluster decides over flows by what is not a NetworkPolicy, which expectations cannot take into "
                    + "account: %s; --accept-unseen goes on all the same").formatted(String.join(", ", found)),
                null);
    }

    private static List<String> found(KubernetesClient client) {
        var found = new ArrayList<String>();
        for (var definition : client.apiextensions().v1().customResourceDefinitions().list().getItems()) {
            var name = definition.getMetadata().getName();
            if (MESHES.contains(name)) found.add("a service mesh (%s)".formatted(definition.getSpec().getGroup()));
            if (!POLICIES.contains(name)) continue;
            var spec = definition.getSpec();
            var version = spec.getVersions().stream().filter(v -> v.getServed()).findFirst();
            if (version.isEmpty()) continue;
            var context = new ResourceDefinitionContext.Builder().withGroup(spec.getGroup()).withVersion(version.get().getName())
                .withKind(spec.getNames().getKind()).withPlural(spec.getNames().getPlural())
                .withNamespaced(spec.getScope().equals("Namespaced")).build();
            try {
                var objects = spec.getScope().equals("Namespaced") ? client.genericKubernetesResources(context).inAnyNamespace().list()
                    : client.genericKubernetesResources(context).list();
                // Calico keeps a copy of each NetworkPolicy under this prefix in some versions.
                objects.getItems().stream().map(o -> o.getMetadata().getName()).filter(n -> !n.startsWith("knp.")).findFirst()
                    .ifPresent(n -> found.add("%s %s".formatted(spec.getNames().getKind(), n)));
            } catch (KubernetesClientException e) {
                found.add("%s, which this user may not list".formatted(spec.getNames().getPlural()));
            }
        }
        return found.stream().distinct().toList();
    }
}

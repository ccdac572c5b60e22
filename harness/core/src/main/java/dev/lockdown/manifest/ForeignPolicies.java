package dev.lockdown.manifest;

import java.util.Map;
import java.util.Set;

/// The kinds besides NetworkPolicy that decide over flows. Expectations cannot take them into account, so an answer beside them may be wrong.
public final class ForeignPolicies {
    private static final Map<String, Set<String>> KINDS = Map.ofEntries(
        Map.entry("policy.networking.k8s.io", Set.of("AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy")),
        Map.entry("cilium.io", Set.of("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "CiliumEgressGatewayPolicy",
            "CiliumLocalRedirectPolicy", "CiliumEnvoyConfig", "CiliumClusterwideEnvoyConfig")),
        Map.entry("projectcalico.org", Set.of("NetworkPolicy", "GlobalNetworkPolicy", "EgressGatewayPolicy")),
        Map.entry("crd.projectcalico.org", Set.of("NetworkPolicy", "GlobalNetworkPolicy", "EgressGatewayPolicy")),
        Map.entry("crd.antrea.io", Set.of("NetworkPolicy", "ClusterNetworkPolicy", "Egress")),
        Map.entry("security.istio.io", Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication")),
        Map.entry("networking.istio.io", Set.of("Sidecar")),
        Map.entry("policy.linkerd.io", Set.of("Server", "AuthorizationPolicy", "ServerAuthorization")),
        Map.entry("kuma.io", Set.of("MeshTrafficPermission", "TrafficPermission")),
        Map.entry("consul.hashicorp.com", Set.of("ServiceIntentions")),
        Map.entry("k8s.ovn.org", Set.of("EgressFirewall", "AdminPolicyBasedExternalRoute")),
        Map.entry("network.openshift.io", Set.of("EgressNetworkPolicy", "NetNamespace")),
        Map.entry("vpcresources.k8s.aws", Set.of("SecurityGroupPolicy")));

    private ForeignPolicies() {}

    /// Whether objects of a kind decide over flows. A kind whose name ends as policies' names do counts too, whoever made it, unless it is
    /// only staged for a review.
    ///
    /// @param group of the API, such as `cilium.io`
    public static boolean include(String group, String kind) {
        if (KINDS.getOrDefault(group, Set.of()).contains(kind)) return true;
        return kind.endsWith("NetworkPolicy") && !group.equals("networking.k8s.io") && !group.equals("extensions") && !group.isEmpty()
            && !kind.startsWith("Staged");
    }
}

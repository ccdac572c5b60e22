package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A way for the embedded data plane to misbehave, so that a specification can show that it would notice.
public enum Defect {
    IGNORES_EGRESS, IGNORES_INGRESS, ONE_NODE_ENFORCES_NOTHING,
    /// Enforces every change some seconds later. Carried out by the cluster, not here, as are the others that need a clock.
    LATE,
    /// A new pod is open for 300 ms. Carried out by the cluster.
    OPEN_AT_POD_START,
    /// A pod cannot reach its own address. Carried out by the cluster: such packets never leave the pod.
    OWN_ADDRESS_DENIED,

    FORGETS_EXCEPT, POD_AND_NAMESPACE_SELECTOR_AS_OR, TWO_PEERS_AS_AND, PORTS_WITH_PEERS_OF_ANOTHER_RULE, END_PORT_OFF_BY_ONE, IGNORES_END_PORT, NAMED_PORT_BY_ANOTHER_PODS_NUMBER,
    /// Pods that declare a port alike have each other's named ports, as in kube-router 2.6.3.
    NAMED_PORTS_MIX_PODS_THAT_SHARE_A_PORT,
    /// A named port in an egress rule without peers means the numbers of the policy's namespace, as in kube-router 2.6.3.
    NAMED_EGRESS_PORT_BY_THE_POLICYS_NAMESPACE,
    /// Rules of a policy that isolates both ways count for the other way as well between its pods, as in kube-router 2.6.3.
    RULES_ADMIT_BOTH_WAYS, PORT_WITHOUT_PROTOCOL_AS_ANY, TCP_RULES_APPLY_TO_UDP, NOT_IN_AS_IN, NOT_IN_MISSES_PODS_WITHOUT_THE_KEY, EXISTS_IGNORED,
    /// A policy with egress rules alone isolates egress alone, though its types say both.
    EGRESS_RULES_ALONE_LEAVE_INGRESS_OPEN,
    /// A policy with ingress rules alone isolates egress too.
    INGRESS_RULES_ALONE_ISOLATE_EGRESS, EMPTY_PEERS_DENY, EMPTY_POD_SELECTOR_SELECTS_NONE, ONLY_THE_FIRST_POLICY,
    /// Policies of a namespace whose names agree in the first 40 characters are taken for one.
    LONG_POLICY_NAMES_COLLIDE,

    POLICY_DELETION_UNNOTICED, POLICY_UPDATE_UNNOTICED, POD_RELABELLING_UNNOTICED, NAMESPACE_RELABELLING_UNNOTICED, REUSED_ADDRESS_KEEPS_RIGHTS,

    UDP_REPLIES_DROPPED,
    /// Whatever comes from a low port passes for a reply.
    REPLIES_WITHOUT_STATE, IPV6_UNFILTERED, SAME_NODE_BYPASSES_POLICY, CLUSTER_IP_BYPASSES_EGRESS, OWN_NODE_DENIED,
    /// The receiving node, and its policies, see the sender's node in place of the pod.
    CROSS_NODE_MASQUERADED;

    /// Find a defect by its name, `ignores-egress`.
    ///
    /// @throws IllegalArgumentException listing those that exist
    public static Defect named(String name) {
        return Arrays.stream(values()).filter(d -> d.toString().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no defect \"%s\"; there are: %s".formatted(name,
                Arrays.stream(values()).map(Defect::toString).collect(Collectors.joining(", ")))));
    }

    /// The network plugin that is known for it, or null.
    public @Nullable NetworkPlugin played() {
        return switch (this) {
            case NAMED_PORTS_MIX_PODS_THAT_SHARE_A_PORT, NAMED_EGRESS_PORT_BY_THE_POLICYS_NAMESPACE, RULES_ADMIT_BOTH_WAYS ->
                new NetworkPlugin("kube-router", new PluginVersion(2, 6, 3), "seeded defect " + this);
            default -> null;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.lockdown.policy;

import dev.lockdown.flow.NamespacedName;
import org.jspecify.annotations.Nullable;

/// A slip in a policy, and what in its place would make the policies demand what a step wants: the oracle was asked with that change.
///
/// @param written as it stands there
/// @param meant in its place
/// @param file where it stands, or null where a step says the policy in words
/// @param line in that file, or 0
public record Repair(Kind kind, NamespacedName policy, String written, String meant, @Nullable String file, int line) {

    /// What kind of slip it is.
    public enum Kind {
        /// A namespaceSelector asks for a label that is taken for a namespace's name.
        NAMESPACE_NAME_LABEL,
        /// A selector asks for a label that nobody has, and that is almost one.
        NEAREST_LABEL,
        /// A port is that of the Service and not that of its pods.
        TARGET_PORT,
        /// A port has a name that the destination gives to none.
        PORT_NAME,
        /// DNS is allowed by one of its protocols, and asked by the other.
        DNS_PROTOCOL,
        /// The policy is in a namespace where it selects nobody.
        POLICY_NAMESPACE,
        /// A podSelector alone means pods of the policy's own namespace.
        PEER_NAMESPACE,
        /// A block of addresses holds a Service's, which policies never see.
        CLUSTER_IP
    }
}

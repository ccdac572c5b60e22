package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.state.NetworkPolicy;
import org.jspecify.annotations.Nullable;

/// The common small change: the rules of one policy, which is about the same pods and directions as before.
///
/// @param policy as it is now
record RuleChange(NetworkPolicy policy) {

    /// @return null where anything else differs
    static @Nullable RuleChange between(View before, View after) {
        if (!before.withPolicies(after.policies()).equals(after) || before.policies().size() != after.policies().size()) return null;
        NetworkPolicy changed = null;
        for (var policy : after.policies().values()) {
            var old = before.policies().get(policy.name());
            if (policy.equals(old)) continue;
            if (old == null || changed != null || !isAboutTheSame(policy, old)) return null;
            changed = policy;
        }
        return changed == null ? null : new RuleChange(changed);
    }

    private static boolean isAboutTheSame(NetworkPolicy policy, NetworkPolicy old) {
        return policy.podSelector().equals(old.podSelector()) && policy.types().equals(old.types());
    }
}

package dev.lockdown.trial;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.lint.Lint;
import dev.lockdown.state.ClusterState;
import java.util.LinkedHashSet;
import java.util.Set;

/// Notes the policies that are there and select no pod. One that does so by the end of a scenario is a slip.
final class PolicyWatch {
    private final Set<NamespacedName> unselecting = new LinkedHashSet<>();

    /// Look at the state after a change.
    void look(ClusterState state) {
        for (var policy : state.policies().values()) {
            if (policy.name().namespace().equals(Canary.NAMESPACE)) continue;
            if (Lint.selectsNothing(policy, state)) unselecting.add(policy.name());
            else unselecting.remove(policy.name());
        }
        unselecting.retainAll(state.policies().keySet());
    }

    Set<NamespacedName> selectNothing() {
        return unselecting;
    }
}

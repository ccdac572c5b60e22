package dev.lockdown.policy;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.NetworkPolicy;
import java.util.List;

/// The policies that isolate a pod in a direction, by name.
///
/// Pods that the same policies isolate share one object, told apart by identity, so that what follows from it is worked out once.
final class Isolation {
    static final Isolation NONE = new Isolation(List.of());

    private final List<NetworkPolicy> policies;

    Isolation(List<NetworkPolicy> policies) {
        this.policies = List.copyOf(policies);
    }

    List<NetworkPolicy> policies() {
        return policies;
    }

    List<NamespacedName> names() {
        return policies.stream().map(NetworkPolicy::name).toList();
    }

    boolean isNone() {
        return policies.isEmpty();
    }
}

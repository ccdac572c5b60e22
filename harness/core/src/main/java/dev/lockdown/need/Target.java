package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Service;

/// What a name in a text leads to.
sealed interface Target {
    record OfService(Service service) implements Target {}

    /// One pod of a StatefulSet by its own name, `db-0.db`.
    record OfPod(Template template, NamespacedName pod) implements Target {}

    record Api() implements Target {}

    record Dns() implements Target {}

    record Outside(String host) implements Target {}

    /// A name that only a Service of the cluster could have, and none does.
    ///
    /// @param known whether its namespace is among the manifests
    /// @param sure whether no host outside the cluster can be called so
    record Missing(NamespacedName service, boolean known, boolean sure) implements Target {}

    /// Nothing that anybody dials.
    record Nothing() implements Target {}
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was in the cluster before this run, and is not touched.
record ForeignObjects(ClusterRun run) {

    /// @throws RuntimeException if one of the changes would be of something that is not ours, or cannot be made here
    void refuse(List<Change> changes, ClusterState state) {
        for (var change : changes) {
            var namespace = namespace(change);
            if (namespace != null && run.info().namespaces().containsKey(namespace)
                && !run.settings().namespaces().containsKey(namespace)) throw run.namespaces().notOurs(namespace);
            if (change instanceof Change.StartPod(var pod) && !pod.node().isEmpty() && !state.nodes().containsKey(pod.node()))
                throw new UnsupportedException("pod %s wants the node \"%s\"; there are: %s%s".formatted(pod.name(), pod.node(),
                    String.join(", ", state.nodes().keySet()),
                    run.info().unused().isEmpty() ? "" : "; not used: " + String.join("; ", run.info().unused())));
        }
    }

    /// The namespace, by the features' name, in which a change makes, changes or removes something.
    private static @Nullable String namespace(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var n) -> n.name();
            case Change.DeleteNamespace(var name) -> name;
            case Change.RelabelNamespace(var name, _) -> name;
            case Change.StartPod(var pod) -> pod.name().namespace();
            case Change.StopPod(var name) -> name.namespace();
            case Change.RelabelPod(var name, _) -> name.namespace();
            case Change.ApplyService(var service) -> service.name().namespace();
            case Change.DeleteService(var name) -> name.namespace();
            case Change.ApplyPolicy(var policy) -> policy.name().namespace();
            case Change.DeletePolicy(var name) -> name.namespace();
            case Change.AddHost _ -> null;
        };
    }
}

package dev.lockdown.spec;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.trial.OwnWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The namespaces, pods, Services and hosts of a scenario, collected until the first step that needs a cluster.
final class Cast {
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<NamespacedName, Pod> waiting = new LinkedHashMap<>();
    private final Set<NamespacedName> started = new LinkedHashSet<>();
    private final List<Change> others = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();

    void namespace(Namespace namespace) {
        OwnWords.refuse(new Change.ApplyNamespace(namespace));
        if (namespaces.putIfAbsent(namespace.name(), namespace) != null)
            throw InputException.about(namespace.name(), "the namespace \"%s\" is declared twice".formatted(namespace.name()));
    }

    /// Add a pod that runs from the beginning. Its namespace is made if nobody declares it.
    void pod(Pod pod) {
        unique(pod);
        pods.add(pod);
    }

    /// Add a pod that a later step starts.
    void waitingPod(Pod pod) {
        unique(pod);
        waiting.put(pod.name(), pod);
    }

    private void unique(Pod pod) {
        OwnWords.refuse(new Change.StartPod(pod));
        if (!started.add(pod.name()))
            throw InputException.about(pod.name().toString(), "the pod \"%s\" is declared twice".formatted(pod.name()));
    }

    void other(Change change) {
        OwnWords.refuse(change);
        others.add(change);
    }

    /// All changes that make them, in an order that fits: namespaces, pods, then the others.
    List<Change> changes() {
        var changes = new ArrayList<Change>();
        namespacesWithImplied().values().forEach(n -> changes.add(new Change.ApplyNamespace(n)));
        pods.forEach(p -> changes.add(new Change.StartPod(p)));
        changes.addAll(others);
        return changes;
    }

    private Map<String, Namespace> namespacesWithImplied() {
        var all = new LinkedHashMap<>(namespaces);
        for (var name : started) all.computeIfAbsent(name.namespace(), n -> new Namespace(n, Map.of()));
        for (var change : others)
            if (change instanceof Change.ApplyService(var s)) all.computeIfAbsent(s.name().namespace(), n -> new Namespace(n, Map.of()));
        return all;
    }

    /// Remember a pod's definition, so that it can be started again.
    void stopped(Pod pod) {
        waiting.put(pod.name(), pod);
    }

    /// The pods that wait to be started.
    Map<NamespacedName, Pod> waiting() {
        return Collections.unmodifiableMap(waiting);
    }

    /// A pod that waits to be started, and goes on waiting.
    ///
    /// @throws InputException if none of this name does
    Pod later(NamespacedName name) {
        var pod = take(name);
        stopped(pod);
        return pod;
    }

    /// Take the definition of a pod that waits to be started.
    ///
    /// @throws InputException if none of this name does
    Pod take(NamespacedName name) {
        var pod = waiting.remove(name);
        if (pod == null)
            throw InputException.missing("waiting pod", name.toString(),
                "no pod \"%s\" waits to be started; declare it with `starts` `later`, or stop it first%s".formatted(
                    name, waiting.isEmpty() ? "" : "; waiting: " + waiting.keySet()));
        return pod;
    }
}

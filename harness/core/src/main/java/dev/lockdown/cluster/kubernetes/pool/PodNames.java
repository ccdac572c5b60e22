package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.flow.NamespacedName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What pods of features are called in the cluster: by their own names in their namespaces, unless another pod has the name there, or they
/// are played by a pod that had another name before. Thread-safe.
public final class PodNames {
    private final UnaryOperator<String> namespaces;
    private final Map<NamespacedName, NamespacedName> objects = new HashMap<>();
    /// Of pods that nobody plays, or that are going.
    private final Set<NamespacedName> taken = new HashSet<>();
    private long lastUnnamed;

    /// @param namespaces gives those of the cluster by those of features
    public PodNames(UnaryOperator<String> namespaces) {
        this.namespaces = namespaces;
    }

    /// Give a pod's name in the cluster, which it keeps until it is released.
    public synchronized NamespacedName of(NamespacedName pod) {
        return objects.computeIfAbsent(pod, this::free);
    }

    /// Give a name in the cluster to a pod that plays none yet.
    ///
    /// @param like the pod whose name it shall have there, if that is free
    /// @return by which it is known until it plays one; no feature's pod can be called so
    public synchronized NamespacedName unnamed(NamespacedName like) {
        var unnamed = new NamespacedName(like.namespace(), "(%s)".formatted(++lastUnnamed));
        objects.put(unnamed, free(like));
        return unnamed;
    }

    /// Whether a pod plays none, by its name.
    public static boolean isUnnamed(NamespacedName pod) {
        return pod.name().startsWith("(");
    }

    private NamespacedName free(NamespacedName pod) {
        var namespace = namespaces.apply(pod.namespace());
        var name = new NamespacedName(namespace, pod.name());
        for (int number = 2; taken.contains(name) || objects.containsValue(name); number++)
            name = new NamespacedName(namespace, "%s-%s".formatted(pod.name(), number));
        return name;
    }

    /// Note which pod of the cluster plays one of a feature.
    public synchronized void plays(NamespacedName object, NamespacedName pod) {
        taken.remove(object);
        objects.put(pod, object);
    }

    /// Note that a pod of the cluster is there, or is going, and plays none.
    public synchronized void playsNone(NamespacedName object) {
        objects.values().remove(object);
        taken.add(object);
    }

    /// Forget what pods were called that are not there any more. Those that play none yet are still being started.
    ///
    /// @param staying the pods that keep their names
    public synchronized void keepOnly(Collection<NamespacedName> staying) {
        var names = Set.copyOf(staying);
        objects.keySet().removeIf(pod -> !isUnnamed(pod) && !names.contains(pod));
    }

    /// Forget all of a namespace, which is gone with its pods.
    ///
    /// @param namespace as features name it
    public synchronized void forget(String namespace) {
        objects.keySet().removeIf(pod -> pod.namespace().equals(namespace));
        var own = namespaces.apply(namespace);
        taken.removeIf(object -> object.namespace().equals(own));
    }

    /// The names in the cluster of those pods that are called otherwise there than in their features.
    public synchronized Map<NamespacedName, String> differing() {
        var differing = new HashMap<NamespacedName, String>();
        objects.forEach((pod, object) -> {
            if (!pod.name().equals(object.name())) differing.put(pod, object.name());
        });
        return differing;
    }
}

package dev.lockdown.table;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Owner;
import dev.lockdown.manifest.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which pods are replicas of one workload.
public final class Workloads {
    private final Map<NamespacedName, Workload> ofPod = new LinkedHashMap<>();
    private final Map<Workload, List<NamespacedName>> pods = new LinkedHashMap<>();

    /// @param kind such as `Deployment`
    public record Workload(String kind, NamespacedName name) {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    private Workloads() {}

    public static Workloads of(Collection<? extends Resource> written) {
        var workloads = new Workloads();
        // A workload's pods have one text between them, which is read once.
        var owners = new HashMap<Object, Optional<Owner>>();
        for (var resource : written)
            if (resource instanceof Resource.OfPod pod) workloads.add(pod, owners.computeIfAbsent(pod.at(), _ -> Owner.of(pod)));
        return workloads;
    }

    private void add(Resource.OfPod written, Optional<Owner> owner) {
        var pod = written.pod().name();
        if (owner.isEmpty()) return;
        var workload = new Workload(owner.get().kind(), new NamespacedName(pod.namespace(), owner.get().name()));
        if (ofPod.putIfAbsent(pod, workload) == null) pods.computeIfAbsent(workload, _ -> new ArrayList<>()).add(pod);
    }

    /// The workload of a pod; nothing for a pod of its own.
    public Optional<Workload> of(NamespacedName pod) {
        return Optional.ofNullable(ofPod.get(pod));
    }

    /// The pods of every workload of that name: a Deployment and a Job may share one.
    public List<NamespacedName> named(NamespacedName name) {
        return pods.entrySet().stream().filter(e -> e.getKey().name().equals(name)).flatMap(e -> e.getValue().stream()).toList();
    }

    /// The names of all workloads.
    public List<NamespacedName> names() {
        return pods.keySet().stream().map(Workload::name).distinct().toList();
    }
}

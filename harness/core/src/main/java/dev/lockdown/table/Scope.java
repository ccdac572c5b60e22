package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Note;
import java.util.Set;

/// Which part of a state is asked about, and how much of what is around it is known.
///
/// @param namespaces whose flows are asked, from them and to them; none for all
/// @param neighbours the pods elsewhere that are the other end
/// @param isWhole whether everything that the policies speak of could be read
public record Scope(Set<String> namespaces, Set<NamespacedName> neighbours, boolean isWhole) {
    public static final Scope EVERYTHING = new Scope(Set.of(), Set.of(), true);

    public Scope {
        namespaces = Set.copyOf(namespaces);
        neighbours = Set.copyOf(neighbours);
    }

    /// Whether a pod may be an end of a flow that is asked.
    boolean has(NamespacedName pod) {
        return isOwn(pod) || neighbours.contains(pod);
    }

    boolean isAbout(Flow flow) {
        return namespaces.isEmpty() || isOwn(flow.source()) || isOwn(flow.destination());
    }

    private boolean isOwn(NamespacedName name) {
        return namespaces.isEmpty() || namespaces.contains(name.namespace());
    }

    private boolean isOwn(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Pod(var name) -> namespaces.contains(name.namespace());
            case Endpoint.Service(var name) -> namespaces.contains(name.namespace());
            case Endpoint.LoadBalancer(var service) -> namespaces.contains(service.namespace());
            case Endpoint.Host _, Endpoint.Node _, Endpoint.KubernetesApi _ -> false;
        };
    }

    /// Whether a remark on what matches nothing can be believed: what a policy elsewhere speaks of was not read.
    boolean believes(Note note) {
        if (note.kind().equals("NetworkPolicy") && !isWhole) return false;
        return namespaces.isEmpty() || namespaces.stream().anyMatch(n -> note.object().startsWith(n + "/"));
    }
}

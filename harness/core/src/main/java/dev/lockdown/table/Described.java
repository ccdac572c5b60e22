package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.lint.Lint;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.ClusterState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What was read from manifests: the states that they describe, every object with its place, and what a reader should know.
///
/// @param manifests of the first state, then of each further one
/// @param notes of the manifests themselves, then of what matches nothing
/// @param scope what of it is asked about
public record Described(DescribedStates states, List<Manifest> manifests, List<Note> notes, Scope scope) {
    public Described {
        manifests = List.copyOf(manifests);
        notes = List.copyOf(notes);
    }

    /// @param manifests of the first state, then of each further one
    /// @param reached the states, as they follow each other
    public static Described of(DescribedStates states, List<Manifest> manifests, List<ClusterState> reached) {
        return of(states, manifests, reached, Scope.EVERYTHING);
    }

    /// The same of a part of what was read.
    public static Described of(DescribedStates states, List<Manifest> manifests, List<ClusterState> reached, Scope scope) {
        var written = manifests.stream().flatMap(m -> m.resources().stream()).toList();
        var notes = new ArrayList<Note>();
        manifests.forEach(m -> notes.addAll(m.notes()));
        var implied = implied(written, reached.getLast());
        var slips = new LinkedHashSet<Note>();
        var last = reached.getLast();
        // What a later state mends was no slip; what it deletes was one.
        for (var state : reached.subList(0, reached.size() - 1))
            Lint.notes(state, written, implied).stream().filter(n -> !isIn(last, n)).forEach(slips::add);
        slips.addAll(Lint.notes(last, written, implied));
        slips.stream().filter(scope::believes).forEach(notes::add);
        return new Described(states, manifests, notes, scope);
    }

    /// The addresses of the pods of the first state: those that their cluster gave to the pods of a dump, made-up ones for the others.
    public Map<Endpoint, List<InetAddress>> addresses(ClusterState state) {
        var addresses = new HashMap<>(ClusterDefaults.addresses(state));
        for (var manifest : manifests)
            manifest.addresses().forEach((pod, given) -> addresses.computeIfPresent(new Endpoint.Pod(pod),
                (_, _) -> given.stream().map(InetAddress::ofLiteral).toList()));
        return addresses;
    }

    /// Every object of all states.
    public List<Resource> written() {
        return written(manifests.size() - 1);
    }

    /// Every object of the first state and of those up to a step.
    public List<Resource> written(int step) {
        return manifests.subList(0, step + 1).stream().flatMap(m -> m.resources().stream()).toList();
    }

    private static boolean isIn(ClusterState state, Note note) {
        return state.policies().keySet().stream().anyMatch(p -> p.toString().equals(note.object()))
            || state.services().keySet().stream().anyMatch(s -> s.toString().equals(note.object()));
    }

    private static Set<String> implied(List<Resource> written, ClusterState state) {
        var implied = new TreeSet<>(state.namespaces().keySet());
        for (var resource : written) if (resource instanceof Resource.OfNamespace(var namespace, _, _)) implied.remove(namespace.name());
        implied.removeAll(ClusterDefaults.NAMESPACES);
        return implied;
    }
}

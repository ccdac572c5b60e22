package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Resource.OfNamespace;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.Resource.OfPolicy;
import dev.lockdown.manifest.Resource.OfService;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What manifests ask for, valid in itself: every name, label, port and block is one that the API server would take, and no
/// object is there twice.
///
/// @param resources in the order of the text; a workload's pods one after another
/// @param notes what was skipped, and what is valid but hardly meant
/// @param addresses those that a cluster gave to pods of a dump
public record Manifest(List<Resource> resources, List<Note> notes, Map<NamespacedName, List<String>> addresses) {
    public Manifest {
        resources = List.copyOf(resources);
        notes = List.copyOf(notes);
        addresses = Map.copyOf(addresses);
    }

    public Manifest(List<Resource> resources, List<Note> notes) {
        this(resources, notes, Map.of());
    }

    /// Refuse a manifest with policies of other kinds, which would make every answer a guess, unless somebody has accepted them.
    ///
    /// @throws ForeignPolicyException if there are any, naming each with its place
    public Manifest requireRead(boolean accepted) {
        var unseen = notes.stream().filter(n -> n.grade() == Note.Grade.UNSEEN).toList();
        if (!accepted && !unseen.isEmpty()) throw ForeignPolicyException.of(unseen);
        return this;
    }

    /// Place the pods that a cluster has scheduled on nodes of these names, and say so in a note.
    public Manifest onNodes(List<String> nodes) {
        return NodePlacement.of(this, nodes);
    }

    public List<NetworkPolicy> policies() {
        return resources.stream().<NetworkPolicy>mapMulti((r, out) -> {
            if (r instanceof OfPolicy(var policy, _, _)) out.accept(policy);
        }).toList();
    }

    /// The policies with the places and texts that their authors gave them, in order.
    public List<Resource.OfPolicy> writtenPolicies() {
        return resources.stream().filter(Resource.OfPolicy.class::isInstance).map(Resource.OfPolicy.class::cast).toList();
    }

    /// Give the changes that bring the resources about, each DaemonSet one pod.
    public List<Change> changes() {
        return changes(List.of());
    }

    /// Give the changes that bring the resources about: namespaces first, policies last, else in the order of the text.
    ///
    /// @param nodes the nodes that get a pod of each DaemonSet, named `agent-node-1`; if there are none, it is one pod
    public List<Change> changes(List<String> nodes) {
        return resources.stream().sorted(Comparator.comparingInt(Manifest::rank)).flatMap(r -> changes(r, nodes)).toList();
    }

    private static int rank(Resource resource) {
        return switch (resource) {
            case OfNamespace _ -> 0;
            case OfPod _, OfService _ -> 1;
            case OfPolicy _ -> 2;
            case Resource.Deletion _ -> 3;
        };
    }

    private static Stream<Change> changes(Resource resource, List<String> nodes) {
        return switch (resource) {
            case OfNamespace(var namespace, _, _) -> Stream.of(new Change.ApplyNamespace(namespace));
            case OfService(var service, _, _) -> Stream.of(new Change.ApplyService(service));
            case OfPolicy(var policy, _, _) -> Stream.of(new Change.ApplyPolicy(policy));
            case Resource.Deletion(var change, _, _) -> Stream.of(change);
            case OfPod(var pod, var everyNode, _, _) when everyNode && !nodes.isEmpty() ->
                nodes.stream().map(node -> new Change.StartPod(daemon(pod, node)));
            case OfPod(var pod, _, _, _) -> Stream.of(new Change.StartPod(pod));
        };
    }

    private static Pod daemon(Pod pod, String node) {
        var stem = pod.name().name().replaceFirst("-1$", "");
        return new Pod(new NamespacedName(pod.name().namespace(), stem + "-" + node), pod.labels(), pod.ports(), node, pod.hostNetwork());
    }

    /// Check the manifest against the cluster that it is for: that namespaces and nodes which it names are there, and pods not yet.
    ///
    /// @throws ManifestException at the first resource that does not fit
    public void requireFits(ClusterState state) {
        var namespaces = new ArrayList<>(state.namespaces().keySet());
        for (var resource : resources) if (resource instanceof OfNamespace(var namespace, _, _)) namespaces.add(namespace.name());
        for (var resource : resources) {
            switch (resource) {
                case OfNamespace _, Resource.Deletion _ -> {}
                case OfService(var service, var at, _) -> requireNamespace(at, "Service", service.name(), namespaces);
                case OfPolicy(var policy, var at, _) -> requireNamespace(at, "NetworkPolicy", policy.name(), namespaces);
                case OfPod(var pod, _, var at, _) -> {
                    requireNamespace(at, "pod", pod.name(), namespaces);
                    if (state.pods().containsKey(pod.name())) throw ObjectProblems.thereAlready(at, "pod " + pod.name());
                    if (!pod.node().isEmpty() && !state.nodes().containsKey(pod.node()))
                        throw ObjectProblems.notThere(at, "pod " + pod.name(), "node", pod.node(), state.nodes().keySet());
                }
            }
        }
    }

    private static void requireNamespace(Position at, String kind, NamespacedName name, List<String> known) {
        if (!known.contains(name.namespace())) throw ObjectProblems.notThere(at, kind + " " + name, "namespace", name.namespace(), known);
    }
}

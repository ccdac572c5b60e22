package dev.lockdown.manifest;

import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Note.Grade;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings pods that a cluster has scheduled onto the nodes that there are here, each node of theirs on one of ours: pods that share a
/// node still do.
final class NodePlacement {
    private final List<String> nodes;
    private final Map<String, String> ours = new LinkedHashMap<>();
    private final Set<OnNode> held = new HashSet<>();
    private final List<String> leftOut = new ArrayList<>();

    private NodePlacement(List<String> nodes) {
        this.nodes = nodes;
    }

    private record OnNode(String node, Port port) {}

    static Manifest of(Manifest manifest, List<String> nodes) {
        var placement = new NodePlacement(nodes);
        var resources = new ArrayList<Resource>();
        for (var resource : manifest.resources()) {
            if (!(resource instanceof OfPod(var pod, var everyNode, var at, var text))) resources.add(resource);
            else if (placement.place(pod) instanceof Pod placed) resources.add(new OfPod(placed, everyNode, at, text));
            else placement.leftOut.add(pod.name().toString());
        }
        if (placement.ours.isEmpty()) return manifest;
        var notes = new ArrayList<>(manifest.notes());
        placement.remark(notes);
        return new Manifest(resources, notes, manifest.addresses());
    }

    /// Give the pod on its node here, or null where another holds one of its ports there.
    private @Nullable Pod place(Pod pod) {
        if (pod.node().isEmpty()) return pod;
        var placed = nodes.contains(pod.node()) ? pod
            : pod.onNode(ours.computeIfAbsent(pod.node(), _ -> nodes.get(ours.size() % nodes.size())));
        if (!pod.hostNetwork()) return placed;
        var ports = pod.ports().stream().map(ContainerPort::port).map(p -> new OnNode(placed.node(), p)).toList();
        if (ports.stream().anyMatch(held::contains)) return null;
        held.addAll(ports);
        return placed;
    }

    private void remark(List<Note> notes) {
        var pairs = ours.entrySet().stream().map(e -> "%s is %s".formatted(e.getKey(), e.getValue())).toList();
        notes.add(new Note(Grade.NOTE, "Node", "", null, "nodes of the manifests stand on those of this cluster: "
            + ManifestNotes.firstOf(pairs)));
        if (!leftOut.isEmpty())
            notes.add(new Note(Grade.NOTE, "Pod", "", null,
                "left out, since nodes that are one here have the same ports in use on the network of the node: "
                    + ManifestNotes.firstOf(leftOut)));
    }
}

package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Owner;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.Resource;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A pod template with its workload, and the pods that the manifests make of it.
///
/// @param spec of the pod
/// @param metadata of the template, not of its workload
record Template(Party.Workload party, WrittenObject object, Fields spec, Optional<Fields> metadata, List<Pod> pods) {
    private static final List<List<String>> PATHS =
        List.of(List.of("spec", "template"), List.of("spec", "jobTemplate", "spec", "template"), List.of());

    /// Give the templates of all pods that the manifests make, in their order; of replicas that were written one by one the first.
    static List<Template> all(List<WrittenObject> objects, List<Resource> resources) {
        var byPlace = new HashMap<Position, WrittenObject>();
        var byName = new HashMap<Party.Workload, WrittenObject>();
        objects.forEach(o -> byPlace.put(o.at(), o));
        objects.forEach(o -> byName.putIfAbsent(new Party.Workload(o.kind(), o.name()), o));
        var owners = new HashMap<Position, Optional<Owner>>();
        var pods = new LinkedHashMap<Party.Workload, List<Pod>>();
        var written = new LinkedHashMap<Party.Workload, WrittenObject>();
        for (var resource : resources) {
            if (!(resource instanceof OfPod made)) continue;
            var pod = made.pod();
            var owner = owners.computeIfAbsent(made.at(), _ -> Owner.of(made));
            var object = byPlace.get(made.at());
            var party = owner.map(o -> new Party.Workload(o.kind(), named(pod, o.name()))).orElse(new Party.Workload("Pod", pod.name()));
            if (object == null) continue;
            // Of a dump the workload itself, whose places do not change with its pods.
            written.putIfAbsent(party, byName.getOrDefault(party, object));
            pods.computeIfAbsent(party, _ -> new ArrayList<>()).add(pod);
        }
        return written.entrySet().stream().flatMap(e -> of(e.getKey(), e.getValue(), pods.getOrDefault(e.getKey(), List.of()))).toList();
    }

    private static NamespacedName named(Pod pod, String name) {
        return new NamespacedName(pod.name().namespace(), name);
    }

    private static Stream<Template> of(Party.Workload party, WrittenObject object, List<Pod> pods) {
        for (var path : PATHS) {
            var holder = WrittenObject.mapping(object.root(), path.toArray(String[]::new));
            var spec = holder.flatMap(h -> WrittenObject.mapping(h, "spec")).filter(s -> s.get("containers") != null);
            if (spec.isEmpty()) continue;
            return Stream
                .of(new Template(party, object, spec.get(), holder.flatMap(h -> WrittenObject.mapping(h, "metadata")), List.copyOf(pods)));
        }
        return Stream.of();
    }

    /// Whether a Service leads to its pods.
    boolean isBehind(Service service) {
        return !service.selector().isEmpty() && pods.stream().anyMatch(p -> p.name().namespace().equals(service.name().namespace())
            && p.labels().entrySet().containsAll(service.selector().entrySet()));
    }

    /// The labels by which its controller knows its pods; none for what has no selector, such as a pod of its own.
    Map<String, String> selector() {
        var selector = WrittenObject.mapping(object.root(), "spec", "selector");
        var labels = WrittenObject.texts(selector.flatMap(s -> WrittenObject.mapping(s, "matchLabels")));
        return labels.isEmpty() && object.kind().equals("ReplicationController") ? WrittenObject.texts(selector) : labels;
    }

    Map<String, String> annotations() {
        return WrittenObject.texts(metadata.flatMap(m -> WrittenObject.mapping(m, "annotations")));
    }

    String namespace() {
        return party.name().namespace();
    }

    /// A container and what it is called in places.
    record Container(Fields fields, String where) {}

    /// All containers, those that run first and end, too: they open connections like the others.
    List<Container> containers() {
        return Stream.of("initContainers", "containers")
            .flatMap(list -> WrittenObject.mappings(spec, list).stream()
                .map(c -> new Container(c, "%s[%s]".formatted(list, WrittenObject.text(c, "name").orElse("")))))
            .toList();
    }
}

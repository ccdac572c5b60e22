package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Labels;
import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.manifest.yaml.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What counts of an object's metadata.
///
/// @param namespace the object's own, or null where the manifest leaves it to the caller
record Metadata(String name, @Nullable Value namespace, Map<String, String> labels) {
    private static final String[] FIELDS = {"name", "generateName", "namespace", "labels", "annotations", "uid", "resourceVersion",
        "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "ownerReferences", "finalizers",
        "managedFields", "selfLink"};

    static Metadata read(Fields root, Syntax syntax) {
        var metadata = root.need("metadata", "metadata: {name: web}").fields().only(FIELDS);
        var name = metadata.get("name");
        if (name == null) throw ObjectProblems.noName(metadata);
        var namespace = metadata.get("namespace");
        if (namespace != null) namespace.text(Syntax.LABEL);
        return new Metadata(name.text(syntax), namespace, Labels.read(metadata.get("labels")));
    }

    /// Whether the object shall go. One with a `deletionTimestamp` is there, and enforced, until its finalizers are done.
    static boolean isGoing(Fields root) {
        var patch = root.get("$patch");
        if (patch != null && !patch.text().equals("delete")) throw FieldProblems.notAmong(patch, patch.text(), List.of("delete"), null);
        return patch != null;
    }

    /// Whether somebody asked for the object's deletion, and it is still there.
    static boolean isTerminating(Fields root) {
        return root.find("metadata").map(m -> m.fields().get("deletionTimestamp") != null).orElse(false);
    }

    /// Read the labels of a pod template, whose metadata has no name and may be absent.
    static Map<String, String> labelsOf(Fields template) {
        return template.find("metadata").map(m -> Labels.read(m.fields().only(FIELDS).get("labels"))).orElse(Map.of());
    }

    NamespacedName in(String defaultNamespace) {
        return new NamespacedName(namespace == null ? defaultNamespace : namespace.text(), name);
    }
}

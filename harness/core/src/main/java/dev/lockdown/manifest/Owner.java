package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The workload that a pod is of, such as `Deployment web`.
///
/// It is read from the object as written: the workload's own, or the controller that a dumped pod or ReplicaSet names. A ReplicaSet that a Deployment
/// made is that Deployment, by the hash that ends its name.
public record Owner(String kind, String name) {
    private static final Set<String> STAND_ALONE = Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");

    /// Find the owner, or nothing for a pod of its own.
    public static Optional<Owner> of(Resource.OfPod written) {
        try {
            for (var document : Documents.of(new Source(Position.startOf(written.at().file()), written.text())))
                if (document.root() instanceof Yaml.Mapping root) return of(root);
        } catch (ManifestException _) {
            // It is part of a text whose anchors stand elsewhere; its pods stay single ones.
        }
        return Optional.empty();
    }

    private static Optional<Owner> of(Yaml.Mapping root) {
        var kind = text(root, "kind");
        if (!(at(root, "metadata") instanceof Yaml.Mapping metadata)) return Optional.empty();
        var itself = kind.equals("Pod") ? Optional.<Owner>empty()
            : Optional.of(new Owner(kind.isEmpty() ? "workload" : kind, text(metadata, "name")));
        // What an operator owns stays a workload of its own: two Deployments of one custom resource are not one workload.
        if (STAND_ALONE.contains(kind) || !(at(metadata, "ownerReferences") instanceof Yaml.Sequence owners)) return itself;
        for (var owner : owners.items())
            if (owner instanceof Yaml.Mapping m && text(m, "controller").equals("true"))
                return Optional.of(kind.equals("Pod") ? ofPod(m, metadata) : new Owner(text(m, "kind"), text(m, "name")));
        return itself;
    }

    private static Owner ofPod(Yaml.Mapping owner, Yaml.Mapping metadata) {
        var kind = text(owner, "kind");
        var name = text(owner, "name");
        var hash = at(metadata, "labels") instanceof Yaml.Mapping labels ? text(labels, "pod-template-hash") : "";
        return kind.equals("ReplicaSet") && !hash.isEmpty() && name.endsWith("-" + hash)
            ? new Owner("Deployment", name.substring(0, name.length() - hash.length() - 1)) : new Owner(kind, name);
    }

    private static @Nullable Yaml at(Yaml.Mapping mapping, String field) {
        var entry = mapping.entries().get(field);
        return entry == null ? null : entry.value();
    }

    private static String text(Yaml.Mapping mapping, String field) {
        return at(mapping, field) instanceof Yaml.Scalar scalar ? scalar.value() : "";
    }
}

package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Value;
import java.util.List;

/// Who an object is, and who made it: what ties a pod of a dump to its Deployment.
///
/// @param uid empty where nobody gave it one, as in files that people write
record Identity(String kind, NamespacedName name, String uid, List<Owner> owners) {

    /// One entry of `metadata.ownerReferences`.
    record Owner(String kind, String name, String uid) {}

    static Identity of(String kind, NamespacedName name, Fields root) {
        var metadata = root.need("metadata", "metadata: {name: web}").fields();
        return new Identity(kind, name, text(metadata, "uid"), metadata.items("ownerReferences").stream().map(Value::fields)
            .map(o -> new Owner(text(o, "kind"), text(o, "name"), text(o, "uid"))).toList());
    }

    private static String text(Fields fields, String field) {
        return fields.find(field).map(Value::text).orElse("");
    }

    /// Whether this is the object that an owner reference of an object in `namespace` means. The uid decides where both have one: an
    /// object that was deleted and made anew has another.
    boolean isMeantBy(Owner owner, String namespace) {
        if (!uid.isEmpty() && !owner.uid.isEmpty()) return uid.equals(owner.uid);
        return kind.equals(owner.kind) && name.equals(new NamespacedName(namespace, owner.name));
    }
}

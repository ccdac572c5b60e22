package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An object as its author wrote it, every field of it: of any kind, valid or not.
///
/// @param group of its API, empty for the core group
/// @param name with the namespace that counts where it names none; an object without a namespace of its own has that, too
record WrittenObject(String group, String kind, NamespacedName name, Fields root, Source source) {

    /// Read all objects of the sources, those inside of lists, too.
    static List<WrittenObject> all(List<Source> sources, String defaultNamespace) {
        var all = new ArrayList<WrittenObject>();
        for (var source : sources)
            for (var document : Documents.of(source)) add(document.root(), "", source, defaultNamespace, all);
        return all;
    }

    private static void add(Yaml node, String implied, Source source, String defaultNamespace, List<WrittenObject> all) {
        if (!(node instanceof Yaml.Mapping mapping)) return;
        var root = new Fields(mapping, "");
        var kind = text(root, "kind").orElse(implied);
        if (kind.endsWith("List") && root.get("items") instanceof Value items && items.node() instanceof Yaml.Sequence(var each, _, _)) {
            each.forEach(i -> add(i, kind.substring(0, kind.length() - 4), source, defaultNamespace, all));
            return;
        }
        var metadata = mapping(root, "metadata");
        var name = metadata.flatMap(m -> text(m, "name")).orElse("");
        if (kind.isEmpty() || name.isEmpty()) return;
        var namespace = metadata.flatMap(m -> text(m, "namespace")).orElse(defaultNamespace);
        var version = text(root, "apiVersion").orElse("");
        var group = version.contains("/") ? version.substring(0, version.lastIndexOf('/')) : "";
        all.add(new WrittenObject(group, kind, new NamespacedName(namespace, name), root, source));
    }

    boolean is(String wantedGroup, String... kinds) {
        return group.equals(wantedGroup) && List.of(kinds).contains(kind);
    }

    Position at() {
        return root.at();
    }

    /// Walk down mappings; empty where a step is absent or no mapping.
    static Optional<Fields> mapping(Fields from, String... path) {
        Optional<Fields> at = Optional.of(from);
        for (var field : path)
            at = at.flatMap(f -> f.find(field)).filter(v -> v.node() instanceof Yaml.Mapping).map(Value::fields);
        return at;
    }

    /// The items of a list that are mappings; none where it is absent or no list.
    static List<Fields> mappings(Fields from, String field) {
        return items(from, field).stream().filter(v -> v.node() instanceof Yaml.Mapping).map(Value::fields).toList();
    }

    static List<Value> items(Fields from, String field) {
        return from.find(field).filter(v -> v.node() instanceof Yaml.Sequence).map(Value::items).orElse(List.of());
    }

    /// A scalar's text as written, whatever its kind; none where it is empty, which the API takes for absent.
    static Optional<String> text(Fields from, String field) {
        return from.find(field).map(Value::node).filter(n -> n instanceof Yaml.Scalar s && !s.isNull()).map(n -> ((Yaml.Scalar) n).value())
            .filter(t -> !t.isEmpty());
    }

    /// A mapping of scalars, such as labels and annotations.
    static Map<String, String> texts(Optional<Fields> from) {
        var texts = new TreeMap<String, String>();
        from.ifPresent(f -> f.node().entries().forEach((key, entry) -> {
            if (entry.value() instanceof Yaml.Scalar scalar && !scalar.isNull()) texts.put(key, scalar.value());
        }));
        return texts;
    }
}

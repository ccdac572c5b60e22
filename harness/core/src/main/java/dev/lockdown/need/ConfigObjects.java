package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ConfigMaps of the manifests, and of Secrets the names of their keys.
final class ConfigObjects {
    private final Map<NamespacedName, WrittenObject> configMaps = new HashMap<>();
    private final Map<NamespacedName, List<String>> secretKeys = new HashMap<>();

    ConfigObjects(List<WrittenObject> objects) {
        for (var object : objects) {
            if (object.is("", "ConfigMap")) configMaps.putIfAbsent(object.name(), object);
            if (object.is("", "Secret")) secretKeys.putIfAbsent(object.name(), keys(object));
        }
    }

    private static List<String> keys(WrittenObject secret) {
        var keys = new ArrayList<String>();
        for (var field : List.of("data", "stringData"))
            WrittenObject.mapping(secret.root(), field).ifPresent(m -> keys.addAll(m.node().entries().keySet()));
        return List.copyOf(keys);
    }

    Optional<WrittenObject> configMap(String namespace, String name) {
        return name.isEmpty() ? Optional.empty() : Optional.ofNullable(configMaps.get(new NamespacedName(namespace, name)));
    }

    /// The names of a Secret's keys; none where it is not among the manifests.
    List<String> secretKeys(String namespace, String name) {
        return name.isEmpty() ? List.of() : secretKeys.getOrDefault(new NamespacedName(namespace, name), List.of());
    }

    static Map<String, Yaml.Scalar> data(WrittenObject configMap) {
        var data = new LinkedHashMap<String, Yaml.Scalar>();
        WrittenObject.mapping(configMap.root(), "data").ifPresent(m -> m.node().entries().forEach((key, entry) -> {
            if (entry.value() instanceof Yaml.Scalar scalar) data.put(key, scalar);
        }));
        return data;
    }

    /// The files that a pod's volumes bring from ConfigMaps, as settings.
    List<List<Setting>> mounted(Template template) {
        var files = new ArrayList<List<Setting>>();
        for (var volume : WrittenObject.mappings(template.spec(), "volumes")) {
            WrittenObject.mapping(volume, "configMap").ifPresent(c -> files.addAll(files(c, template.namespace())));
            WrittenObject.mapping(volume, "projected").ifPresent(p -> WrittenObject.mappings(p, "sources")
                .forEach(s -> WrittenObject.mapping(s, "configMap").ifPresent(c -> files.addAll(files(c, template.namespace())))));
        }
        return files;
    }

    private List<List<Setting>> files(Fields reference, String namespace) {
        var items = WrittenObject.mappings(reference, "items").stream().flatMap(i -> WrittenObject.text(i, "key").stream()).toList();
        var files = new ArrayList<List<Setting>>();
        configMap(namespace, WrittenObject.text(reference, "name").orElse("")).ifPresent(map -> data(map).forEach((key, value) -> {
            if (items.isEmpty() || items.contains(key)) files.add(ConfigText.settings(map, value, key, "data[%s]".formatted(key)));
        }));
        return files;
    }
}

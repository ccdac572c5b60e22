package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The ConfigMaps of the manifests, of Secrets the names of their keys, and of Services what the kubelet tells.
final class ConfigObjects {
    private final Map<NamespacedName, WrittenObject> configMaps = new TreeMap<>();
    private static final Pattern LINK = Pattern.compile("([A-Z][A-Z0-9_]*)_SERVICE_(HOST|PORT)(?:_HTTPS)?");
    private final Map<NamespacedName, List<String>> secretKeys = new HashMap<>();
    private final Map<NamespacedName, WrittenObject> services = new HashMap<>();

    ConfigObjects(List<WrittenObject> objects) {
        for (var object : objects) {
            if (object.is("", "ConfigMap")) configMaps.putIfAbsent(object.name(), object);
            if (object.is("", "Service")) services.putIfAbsent(object.name(), object);
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

    /// The ConfigMaps that a sidecar looks for by their label, as Grafana's chart does for its data sources.
    ///
    /// @see <a href="https://github.com/kiwigrid/k8s-sidecar">k8s-sidecar</a>
    List<List<Setting>> watched(Fields container, Environment environment, String namespace) {
        if (WrittenObject.text(container, "image").filter(i -> i.contains("k8s-sidecar")).isEmpty()) return List.of();
        var files = new ArrayList<List<Setting>>();
        var label = environment.value("LABEL");
        var value = environment.value("LABEL_VALUE");
        var where = List.of(environment.value("NAMESPACE").orElse(namespace).split(","));
        for (var map : configMaps.values()) {
            var given = Optional.ofNullable(
                WrittenObject.texts(WrittenObject.mapping(map.root(), "metadata", "labels")).get(label.orElse("")));
            if (given.isPresent() && (value.isEmpty() || given.equals(value))
                && (where.contains("ALL") || where.contains(map.name().namespace())))
                data(map).forEach((key, text) -> files.add(ConfigText.settings(map, text, key, "data[%s]".formatted(key))));
        }
        return files;
    }

    /// The ConfigMap that Spring Cloud Kubernetes takes by the API: that of the application's own name, where its label says so.
    ///
    /// @see <a href="https://docs.spring.io/spring-cloud-kubernetes/reference/property-source-config.html">property sources</a>
    List<List<Setting>> takenByName(Template template) {
        return configMap(template.namespace(), template.party().name().name())
            .filter(m -> "true".equals(
                WrittenObject.texts(WrittenObject.mapping(m.root(), "metadata", "labels")).get("spring.cloud.kubernetes.config")))
            .map(m -> data(m).entrySet().stream()
                .map(e -> ConfigText.settings(m, e.getValue(), e.getKey(), "data[%s]".formatted(e.getKey())))
                .toList())
            .orElse(List.of());
    }

    /// Whether a key is called as a file of settings is.
    static boolean isFile(String key) {
        return key.matches("[\\w-][\\w.-]*\\.(?:ya?ml|json|ini|conf|cfg|cnf|toml|properties|env|xml)");
    }

    /// What a pod mounts of Secrets that is called as files of settings are.
    List<Unread> mountedSecrets(Template template) {
        var unread = new ArrayList<Unread>();
        for (var volume : WrittenObject.mappings(template.spec(), "volumes"))
            WrittenObject.mapping(volume, "secret").ifPresent(secret -> {
                var name = WrittenObject.text(secret, "secretName").orElse("");
                var items = WrittenObject.mappings(secret, "items").stream().flatMap(i -> WrittenObject.text(i, "key").stream()).toList();
                var files =
                    (items.isEmpty() ? secretKeys(template.namespace(), name) : items).stream().filter(ConfigObjects::isFile).toList();
                if (!files.isEmpty())
                    unread.add(new Unread("it mounts %s of Secret %s/%s, whose values are not read".formatted(String.join(", ", files),
                        template.namespace(), name), "say what it leads to in lockdown.yaml",
                        Because.of(secret.at(), "volumes[%s].secret".formatted(WrittenObject.text(volume, "name").orElse("")))));
            });
        return unread;
    }

    /// The variables by which the kubelet tells a pod of the Services of its namespace, such as `CACHE_SERVICE_HOST`.
    ///
    /// @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">environment variables</a>
    @Nullable String linked(String namespace, String variable) {
        var link = LINK.matcher(variable);
        if (!link.matches()) return null;
        boolean host = link.group(2).equals("HOST");
        if (link.group(1).equals("KUBERNETES")) return host ? "kubernetes.default.svc" : "443";
        var name = link.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
        if (!(services.get(new NamespacedName(namespace, name)) instanceof WrittenObject service)) return null;
        if (host) return name;
        return WrittenObject.mapping(service.root(), "spec").stream().flatMap(s -> WrittenObject.mappings(s, "ports").stream()).findFirst()
            .flatMap(p -> WrittenObject.text(p, "port")).orElse(null);
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

package dev.lockdown.need;

import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The variables of a container, with `$(VAR)` filled in as the kubelet does.
///
/// In place of what a Secret or the cluster gives stands [#UNKNOWN].
///
/// @see <a href="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/">dependent variables</a>
final class Environment {
    /// A character for private use, which no manifest has.
    static final char UNKNOWN = '\uE000';
    private static final Pattern REFERENCE =
        Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][\\w.-]*)\\)|\\$\\{([A-Za-z_]\\w*)(?::?-([^}]*))?\\}|\\$([A-Za-z_]\\w*)");

    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<Unread> unread = new ArrayList<>();
    private final String namespace;
    private final ConfigObjects configs;

    private Environment(String namespace, ConfigObjects configs) {
        this.namespace = namespace;
        this.configs = configs;
    }

    static Environment of(Fields container, String namespace, ConfigObjects configs) {
        var environment = new Environment(namespace, configs);
        WrittenObject.mappings(container, "envFrom").forEach(environment::from);
        WrittenObject.mappings(container, "env").forEach(environment::variable);
        return environment;
    }

    List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(settings.get(name)).map(Setting::value).filter(v -> !v.isEmpty() && v.charAt(0) != UNKNOWN);
    }

    List<Unread> unread() {
        return unread;
    }

    /// Fill in references to variables; what nobody defines stays as it is.
    ///
    /// @param shell whether `${VAR}` and `$VAR` are references, too
    String filled(String text, boolean shell) {
        return REFERENCE.matcher(text).replaceAll(r -> {
            var name = r.group(1) != null ? r.group(1) : r.group(2) != null ? r.group(2) : r.group(4);
            if (name == null || r.group(1) == null && !shell) return quoted(r.group());
            if (settings.get(name) instanceof Setting known) return quoted(known.value());
            if (configs.linked(namespace, name) instanceof String link) return quoted(link);
            return quoted(r.group(3) == null ? r.group() : r.group(3));
        });
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    private void from(Fields source) {
        var prefix = WrittenObject.text(source, "prefix").orElse("");
        WrittenObject.mapping(source, "configMapRef").ifPresent(ref -> {
            var name = WrittenObject.text(ref, "name").orElse("");
            var config = configs.configMap(namespace, name);
            config.ifPresentOrElse(
                c -> ConfigObjects.data(c)
                    .forEach((key, value) -> put(prefix + key, value.value(), Because.of(value.at(), "data[%s]".formatted(key)))),
                () -> missing(ref, name, "envFrom"));
        });
        WrittenObject.mapping(source, "secretRef").ifPresent(ref -> {
            var name = WrittenObject.text(ref, "name").orElse("");
            for (var key : configs.secretKeys(namespace, name))
                secret(prefix + key, key, name, Because.of(ref.at(), "envFrom[%s]".formatted(name)));
        });
    }

    private void variable(Fields variable) {
        var name = WrittenObject.text(variable, "name").orElse("");
        if (name.isEmpty()) return;
        var because = Because.of(variable.at(), "env[%s]".formatted(name));
        if (variable.get("value") instanceof Value value && value.node() instanceof Yaml.Scalar scalar) {
            put(name, filled(scalar.value(), false), Because.of(value.at(), because.field()));
            return;
        }
        var from = WrittenObject.mapping(variable, "valueFrom");
        from.flatMap(f -> WrittenObject.mapping(f, "configMapKeyRef")).ifPresent(ref -> {
            var map = WrittenObject.text(ref, "name").orElse("");
            var key = WrittenObject.text(ref, "key").orElse("");
            var config = configs.configMap(namespace, map);
            if (config.isEmpty()) missing(ref, map, because.field());
            Optional.ofNullable(config.map(ConfigObjects::data).orElse(Map.of()).get(key))
                .ifPresent(v -> put(name, v.value(), Because.of(v.at(), "data[%s]".formatted(key))));
        });
        from.flatMap(f -> WrittenObject.mapping(f, "secretKeyRef")).ifPresent(ref -> secret(name, WrittenObject.text(ref, "key").orElse(""),
            WrittenObject.text(ref, "name").orElse(""), because));
        from.flatMap(f -> WrittenObject.mapping(f, "fieldRef")).flatMap(f -> WrittenObject.text(f, "fieldPath"))
            .filter("metadata.namespace"::equals).ifPresent(_ -> put(name, namespace, because));
        from.flatMap(f -> WrittenObject.mapping(f, "fieldRef")).flatMap(f -> WrittenObject.text(f, "fieldPath"))
            .filter("status.hostIP"::equals).ifPresent(
                _ -> unread.add(new Unread("%s is the address of the pod's own node, and what is dialled there is not in the manifests"
                    .formatted(name), "say what it leads to in lockdown.yaml", because)));
        // The downward API tells pods of themselves.
        if (!settings.containsKey(name)) settings.put(name, new Setting(name, String.valueOf(UNKNOWN), because, Setting.NO_FILE));
    }

    private void put(String name, String value, Because because) {
        settings.put(name, new Setting(name, value, because, Setting.NO_FILE));
    }

    private void secret(String name, String key, String secret, Because because) {
        var setting = new Setting(name, String.valueOf(UNKNOWN), because, Setting.NO_FILE);
        settings.put(name, setting);
        if (setting.namesAnAddress() || new Setting(key, "", because, Setting.NO_FILE).namesAnAddress() || ConfigObjects.isFile(key))
            unread.add(new Unread("%s is key %s of Secret %s/%s, whose values are not read".formatted(name, key, namespace, secret),
                "say what it leads to in lockdown.yaml", because));
    }

    private void missing(Fields ref, String name, String field) {
        if (WrittenObject.text(ref, "optional").filter("true"::equals).isPresent()) return;
        unread.add(new Unread("ConfigMap %s/%s is not among the manifests, so what it names is not known".formatted(namespace, name),
            "give it, too", Because.of(ref.at(), field)));
    }
}

package dev.lockdown.nightly;

import dev.lockdown.cluster.CniNames;
import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the cells of a matrix. What a cell does not say, the matrix as a whole may.
///
/// @param features where neither says which
/// @param plugins that k3s can be had with
record CellReader(Path file, String features, Fields matrix, CniNames plugins) {
    private static final Duration DEADLINE = Duration.ofMinutes(60);
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh])");
    private static final List<String> CLUSTERS = List.of("embedded", "k3s", "kubeconfig");
    private static final Map<Setting, List<String>> WORDS = Map.of(Setting.CLUSTER, CLUSTERS, Setting.DENY, List.of("drop", "reject"),
        Setting.FAMILIES, List.of("IPv4", "IPv4+IPv6"), Setting.ESTABLISHED, List.of("survives", "silent", "flushed", "reset"));

    MatrixCell cell(Map<String, Value> written) {
        var settings = settings(written);
        var first = written.values().iterator().next();
        var expressions = new ArrayList<String>();
        matrix.find("tags").map(Value::text).ifPresent(expressions::add);
        if (written.containsKey("tags")) expressions.add(written.get("tags").text());
        var priority = find(written, "priority");
        return new MatrixCell(written.containsKey("name") ? written.get("name").text() : "", first.at(), settings, features(written),
            expressions.isEmpty() ? null : expressions.size() == 1 ? expressions.getFirst()
                : "(%s) and (%s)".formatted(expressions.getFirst(), expressions.getLast()),
            priority.map(p -> p.whole(0, 1000)).orElse(0), find(written, "deadline").map(CellReader::time).orElse(DEADLINE),
            arguments(written), find(written, "fingerprint").map(Value::flag).orElse(false));
    }

    /// What the cell says, or else the matrix.
    private Optional<Value> find(Map<String, Value> written, String field) {
        var own = written.get(field);
        return own != null ? Optional.of(own) : matrix.find(field);
    }

    private Map<Setting, String> settings(Map<String, Value> written) {
        var cluster = written.get("cluster");
        var chosen = cluster == null ? impliedCluster(written) : among(cluster, CLUSTERS);
        var settings = new EnumMap<Setting, String>(Setting.class);
        settings.put(Setting.CLUSTER, chosen);
        written.forEach((key, value) -> Setting.of(key).ifPresent(setting -> {
            if (!setting.belongsTo(chosen))
                throw ManifestException.at(value.at(), "%s is no setting of a cluster that is %s".formatted(key, chosen),
                    "%s: %s; leave it out, or choose another cluster".formatted(key, setting.meaning()));
            settings.put(setting, text(setting, value));
        }));
        var version = written.get("version");
        if (chosen.equals("k3s") && version != null && !settings.containsKey(Setting.CNI))
            throw ManifestException.at(version.at(), "version without a cni", "say of which: cni: calico");
        if (chosen.equals("k3s") && written.get("cni") instanceof Value cni) requireKnown(cni, version);
        return settings;
    }

    /// A cell whose plugin nobody has would be told when its turn comes, hours later.
    private void requireKnown(Value cni, @Nullable Value version) {
        if (plugins.isUnknown()) return;
        var versions = plugins.versions().get(among(cni, List.copyOf(plugins.versions().keySet())));
        if (version == null || versions == null) return;
        if (versions.isEmpty())
            throw ManifestException.at(version.at(), "%s has no versions to choose".formatted(cni.text()),
                "leave the version out; k3s: chooses k3s's");
        among(version, versions);
    }

    private static String impliedCluster(Map<String, Value> written) {
        return written.containsKey("context") || written.containsKey("kubeconfig") ? "kubeconfig"
            : written.containsKey("cni") || written.containsKey("k3s") ? "k3s" : "embedded";
    }

    private String text(Setting setting, Value value) {
        if (setting == Setting.NODES) return Integer.toString(value.whole(1, 100));
        var words = WORDS.get(setting);
        if (words != null) return among(value, words);
        var text = value.text();
        return setting == Setting.KUBECONFIG ? path(text).toString() : text;
    }

    private static String among(Value value, List<String> words) {
        var text = value.text();
        if (!words.contains(text)) throw FieldProblems.notAmong(value, text, words, null);
        return text;
    }

    private List<String> features(Map<String, Value> written) {
        var value = find(written, "features");
        if (value.isEmpty()) return List.of(features);
        var texts = value.get().isString() ? List.of(value.get().text()) : value.get().items().stream().map(Value::text).toList();
        if (texts.isEmpty()) throw ManifestException.at(value.get().at(), "features is an empty list", "leave it out for all of them");
        return texts.stream().map(t -> path(t).toString()).toList();
    }

    /// A path as it is typed where the command was.
    Path path(String text) {
        var folder = file.toAbsolutePath().getParent();
        var there = (folder == null ? Path.of(text) : folder.resolve(text)).normalize();
        var here = Path.of("").toAbsolutePath();
        return there.startsWith(here) ? here.relativize(there) : there;
    }

    private static Duration time(Value value) {
        var time = TIME.matcher(value.text());
        if (!time.matches()) throw FieldProblems.badText(value, value.text(), "a span of time, such as 30s, 20m or 2h");
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private List<String> arguments(Map<String, Value> written) {
        var arguments = new ArrayList<String>();
        for (var number : List.of("repeat", "threads"))
            find(written, number).ifPresent(v -> arguments.addAll(List.of("--" + number, Integer.toString(v.whole(1, 10_000)))));
        for (var flag : List.of("allow-disruptive", "allow-node-pods", "accept-unseen"))
            if (find(written, flag).map(Value::flag).orElse(false)) arguments.add("--" + flag);
        for (var path : List.of("images", "registries", "charts"))
            find(written, path).ifPresent(v -> arguments.addAll(List.of("--" + path, path(v.text()).toString())));
        for (var pairs : List.of("external", "map"))
            find(written, pairs).ifPresent(v -> pairs(v.fields()).forEach(pair -> arguments.addAll(List.of("--" + pairs, pair))));
        return arguments;
    }

    private static List<String> pairs(Fields fields) {
        var pairs = new ArrayList<String>();
        for (Yaml.Entry entry : fields.entries())
            pairs.add("%s=%s".formatted(entry.key().value(), fields.need(entry.key().value(), "self").text()));
        return pairs;
    }
}

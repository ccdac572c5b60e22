package dev.lockdown.nightly;

import dev.lockdown.cluster.CniNames;
import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a matrix; all its mistakes at once. Used once.
final class MatrixReader {
    private static final String EXAMPLE = """
        a matrix begins with its axes:
          matrix:
            cluster: [embedded]
            deny: [drop, reject]""";

    private final Path file;
    private final String features;
    private final CniNames plugins;
    private final List<ManifestException> mistakes = new ArrayList<>();

    MatrixReader(Path file, String features, CniNames plugins) {
        this.plugins = plugins;
        this.file = file;
        this.features = features;
    }

    Matrix read(String text) {
        var documents = Documents.of(new Source(Position.startOf(file.toString()), text));
        if (documents.isEmpty()) throw ManifestException.at(Position.whole(file.toString()), "the matrix is empty", EXAMPLE);
        if (documents.size() > 1)
            throw ManifestException.at(documents.get(1).root().at(), "a matrix is one document", "leave out what is behind ---");
        var fields = new Value(documents.getFirst().root(), "matrix").fields();
        attempt(() -> fields.only(known(Stream.concat(Stream.of("matrix", "include", "exclude", "deviations", "quarantine"), shared()))));
        var axes = attempt(() -> axes(fields));
        var exclude = entries(fields, "exclude", false);
        var include = entries(fields, "include", true);
        throwMistakes();
        var combinations = Combinations.of(axes == null ? Map.of() : axes, exclude, include).all();
        if (combinations.isEmpty()) throw ManifestException.at(fields.at(), "the matrix has no cell", EXAMPLE);
        var common = new CellReader(file, features, fields, plugins);
        var cells = new ArrayList<MatrixCell>();
        for (var combination : combinations) {
            var cell = attempt(() -> common.cell(combination));
            if (cell != null) cells.add(cell);
        }
        var named = new CellNames(axes == null ? List.of() : List.copyOf(axes.keySet())).named(cells);
        named.duplicates().forEach(mistakes::add);
        var quarantine = attempt(() -> fields.find("quarantine").map(Value::text).orElse(Matrix.QUARANTINE));
        var deviations = attempt(() -> fields.find("deviations").map(v -> common.path(v.text())).orElse(null));
        throwMistakes();
        return new Matrix(named.cells(), deviations, quarantine == null ? Matrix.QUARANTINE : quarantine);
    }

    /// What may be said of all cells, and of one.
    static Stream<String> shared() {
        return Stream.of("features", "tags", "priority", "deadline", "repeat", "threads", "external", "map", "allow-disruptive",
            "allow-node-pods", "accept-unseen", "fingerprint", "images", "registries", "charts");
    }

    static String[] known(Stream<String> words) {
        return words.toArray(String[]::new);
    }

    private static Stream<String> settings() {
        // A seeded defect is for tests, and not offered.
        return Arrays.stream(Setting.values()).filter(s -> s != Setting.DEFECT).map(Setting::key);
    }

    private Map<String, List<Value>> axes(Fields fields) {
        var axes = new LinkedHashMap<String, List<Value>>();
        var value = fields.get("matrix");
        if (value == null) return axes;
        var written = value.fields();
        written.only(known(Stream.concat(settings(), written.node().entries().containsKey("defect") ? Stream.of("defect") : Stream.of())));
        for (var entry : written.entries()) {
            var key = entry.key().value();
            var items = written.need(key, "[a, b]").items();
            if (items.isEmpty())
                throw ManifestException.at(entry.key().at(), "the axis %s has no value".formatted(key), "give it one, or leave it out");
            // How many nodes is a number; it is read with the cell.
            if (!key.equals(Setting.NODES.key())) items.forEach(Value::text);
            axes.put(key, items);
        }
        return axes;
    }

    /// @param all whether an entry may say what is said of a cell, and not only settings
    private List<Map<String, Value>> entries(Fields fields, String field, boolean all) {
        var entries = new ArrayList<Map<String, Value>>();
        var items = attempt(() -> fields.items(field));
        if (items == null) return entries;
        for (var item : items) {
            var entry = attempt(() -> entry(item.fields(), all));
            if (entry != null) entries.add(entry);
        }
        return entries;
    }

    private static Map<String, Value> entry(Fields fields, boolean all) {
        var hidden = fields.node().entries().containsKey("defect") ? Stream.of("defect") : Stream.<String>of();
        var known = Stream.concat(settings(), hidden);
        fields.only(known(all ? Stream.concat(known, Stream.concat(Stream.of("name"), shared())) : known));
        var entry = new LinkedHashMap<String, Value>();
        for (var each : fields.entries()) entry.put(each.key().value(), fields.need(each.key().value(), "a value"));
        if (entry.isEmpty()) throw FieldProblems.missing(fields.at(), fields.path(), "cluster", "cluster: embedded");
        return entry;
    }

    private <T> @Nullable T attempt(Supplier<? extends @Nullable T> reading) {
        try {
            return reading.get();
        } catch (ManifestException e) {
            mistakes.add(e);
            return null;
        }
    }

    private void throwMistakes() {
        if (!mistakes.isEmpty()) throw ManifestException.ofAll(mistakes);
    }
}

package dev.lockdown.manifest.files;

import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of our own form, such as those of fixtures/cnis: a mapping read as strictly as a manifest is.
///
/// Every method throws [ManifestException] for what it cannot use, with file, line and column.
public final class MappingFile {
    private final Fields fields;

    private MappingFile(Fields fields) {
        this.fields = fields;
    }

    /// Read a file that holds one mapping.
    public static MappingFile read(Path file) {
        var source = ManifestFiles.sources(List.of(file)).getFirst();
        var documents = Documents.of(source);
        if (documents.size() != 1)
            throw ManifestException.at(Position.whole(file.toString()), "%s documents; expected one".formatted(documents.size()), "");
        var name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        return new MappingFile(new Value(documents.getFirst().root(), name).fields());
    }

    /// Refuse all fields but these.
    public MappingFile only(String... known) {
        fields.only(known);
        return this;
    }

    public boolean has(String field) {
        return fields.get(field) != null;
    }

    public @Nullable String text(String field) {
        var value = fields.get(field);
        return value == null ? null : value.text();
    }

    /// @param example of the field, as it may be written
    public String needText(String field, String example) {
        return fields.need(field, example).text();
    }

    /// Give a list of texts; none where the field is absent.
    public List<String> texts(String field) {
        return fields.items(field).stream().map(Value::text).toList();
    }

    public @Nullable MappingFile inner(String field) {
        var value = fields.get(field);
        return value == null ? null : new MappingFile(value.fields());
    }

    /// Give a list of mappings; none where the field is absent.
    public List<MappingFile> inners(String field) {
        return fields.items(field).stream().map(v -> new MappingFile(v.fields())).toList();
    }

    /// Give a mapping's mappings by their names, in the order of the file; none where the field is absent.
    public Map<String, MappingFile> named(String field) {
        var named = new LinkedHashMap<String, MappingFile>();
        var value = fields.get(field);
        if (value == null) return named;
        for (var entry : value.fields().entries()) {
            var name = entry.key().value();
            named.put(name, new MappingFile(new Value(entry.value(), value.path() + "." + name).fields()));
        }
        return named;
    }

    /// Refuse what a field says.
    public ManifestException wrong(String field, String problem, String advice) {
        return ManifestException.at(fields.at(field), "%s %s".formatted(fields.pathOf(field), problem), advice);
    }
}

package dev.lockdown.manifest.yaml;

import dev.lockdown.state.NearestWord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A mapping read as an object with fields. A field that is null counts as absent, as it does to the API server.
public final class Fields {
    private final Yaml.Mapping mapping;
    private final String path;

    public Fields(Yaml.Mapping mapping, String path) {
        this.mapping = mapping;
        this.path = path;
    }

    /// Refuse all fields but these.
    public Fields only(String... known) {
        var names = Arrays.asList(known);
        mapping.entries().forEach((name, entry) -> {
            if (!names.contains(name)) throw FieldProblems.unknownField(entry.key(), path, names);
        });
        return this;
    }

    /// Let fields pass that nobody here reads, but not those that look like a slip of one that is read.
    ///
    /// @param read what the caller reads
    /// @param alike real fields that look like one of them
    public Fields mostly(List<String> read, String... alike) {
        mapping.entries().forEach((name, entry) -> {
            if (read.contains(name) || Arrays.asList(alike).contains(name)) return;
            if (read.stream().anyMatch(r -> NearestWord.isNear(name, r))) throw FieldProblems.unknownField(entry.key(), path, read);
        });
        return this;
    }

    public @Nullable Value get(String field) {
        var entry = mapping.entries().get(field);
        return entry == null || entry.value().isNull() ? null : new Value(entry.value(), pathOf(field));
    }

    public Optional<Value> find(String field) {
        return Optional.ofNullable(get(field));
    }

    /// @param example of the field, as it may be written
    public Value need(String field, String example) {
        return find(field).orElseThrow(() -> FieldProblems.missing(at(), path, field, example));
    }

    /// Give the items of a list; none where the field is absent.
    public List<Value> items(String field) {
        return find(field).map(Value::items).orElse(List.of());
    }

    /// Whether the field is written with nothing after the colon.
    public boolean isEmpty(String field) {
        var entry = mapping.entries().get(field);
        return entry != null && entry.value().isNull();
    }

    public Iterable<Yaml.Entry> entries() {
        return mapping.entries().values();
    }

    public Position at() {
        return mapping.at();
    }

    /// Where the field's name stands, or the whole mapping where it is absent.
    public Position at(String field) {
        var entry = mapping.entries().get(field);
        return entry == null ? at() : entry.key().at();
    }

    public Yaml.Mapping node() {
        return mapping;
    }

    public String path() {
        return path;
    }

    public String pathOf(String field) {
        return path + "." + field;
    }
}

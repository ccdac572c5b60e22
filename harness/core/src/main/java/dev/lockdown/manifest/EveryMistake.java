package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds all that is wrong with a text of which one thing is known: each mistake is mended in the tree, as it was probably meant or by
/// leaving it out, and the object is read again. What is wrong only because something was left out is not told.
final class EveryMistake {
    private static final int MOST = 100;
    /// So many values are walked over for one text, so that a long one takes no longer than it should.
    private static final int EFFORT = 4_000_000;

    private final List<ManifestException> found = new ArrayList<>();
    private final Set<String> met = new HashSet<>();
    /// Where mappings and lists begin out of which something was taken.
    private final Set<Position> torn = new HashSet<>();

    private EveryMistake() {}

    /// @param known the first mistake of each object
    /// @param reader makes a reader that has read nothing
    static List<ManifestException> of(List<ManifestException> known, List<Source> sources, ReaderMaker reader) {
        var every = new EveryMistake();
        for (var source : sources)
            for (var document : documents(source))
                if (known.stream().anyMatch(k -> isAround(document.root(), k.position()))) every.search(document, source, reader);
        // Where mistakes are of several objects together, each of them is sound alone.
        for (var mistake : known)
            if (every.found.stream().noneMatch(f -> f.position().equals(mistake.position()))) every.found.add(mistake);
        return every.found;
    }

    /// Behind a place that is no YAML nothing can be understood.
    private static List<Yaml.Document> documents(Source source) {
        try {
            return Documents.of(source);
        } catch (ManifestException _) {
            return List.of();
        }
    }

    /// Makes readers.
    interface ReaderMaker {
        ObjectReader fresh();
    }

    private void search(Yaml.Document document, Source source, ReaderMaker reader) {
        Yaml root = document.root();
        int attempts = Math.clamp(EFFORT / Math.max(1, root.weight()), 1, 10 * MOST);
        while (root != null && attempts-- > 0 && found.size() < MOST) {
            try {
                var fresh = reader.fresh();
                fresh.read(root, document.text(), source, null, 0);
                fresh.requireSound();
                return;
            } catch (ManifestException e) {
                // What cannot be mended would be met for ever.
                if (!met.add(e.getMessage())) return;
                if (e.isOfKey() || !torn.contains(e.position())) found.add(e);
                root = mended(root, e);
            }
        }
        if (root != null) thereMayBeMore();
    }

    /// The limits were met before the end of the text.
    private void thereMayBeMore() {
        var last = found.removeLast();
        found.add(
            ManifestException.at(last.position(), last.problem(), last.advice() + "\nthere may be more behind this; mend these first"));
    }

    private @Nullable Yaml mended(Yaml node, ManifestException e) {
        if (!e.isOfKey() && node.at().equals(e.position()) && isInnermost(node, e.position())) return replaced(node, e);
        return switch (node) {
            case Yaml.Scalar scalar -> scalar;
            case Yaml.Sequence(var items, var weight, var span) -> {
                var kept = new ArrayList<Yaml>();
                for (var item : items) {
                    var mended = isAround(item, e.position()) ? mended(item, e) : item;
                    if (mended == null) torn.add(span.at());
                    else kept.add(mended);
                }
                yield kept.isEmpty() && !items.isEmpty() ? null : new Yaml.Sequence(List.copyOf(kept), weight, span);
            }
            case Yaml.Mapping mapping -> mended(mapping, e);
        };
    }

    private Yaml mended(Yaml.Mapping mapping, ManifestException e) {
        var entries = new LinkedHashMap<String, Yaml.Entry>();
        boolean aboutKey = e.isOfKey() || mapping.entries().values().stream().noneMatch(v -> isAround(v.value(), e.position()));
        mapping.entries().forEach((name, entry) -> {
            if (aboutKey && entry.key().at().equals(e.position())) {
                var meant = e.meant();
                if (meant == null || mapping.entries().containsKey(meant)) torn.add(mapping.at());
                else entries.put(meant, new Yaml.Entry(new Yaml.Scalar(meant, entry.key().kind(), entry.key().span()), entry.value()));
                return;
            }
            var value = isAround(entry.value(), e.position()) ? mended(entry.value(), e) : entry.value();
            if (value == null) torn.add(mapping.at());
            else entries.put(name, new Yaml.Entry(entry.key(), value));
        });
        return new Yaml.Mapping(entries, mapping.weight(), mapping.span());
    }

    private @Nullable Yaml replaced(Yaml node, ManifestException e) {
        return e.meant() != null && node instanceof Yaml.Scalar(_, var kind, var span) ? new Yaml.Scalar(e.meant(), kind, span) : null;
    }

    /// Whether nothing within a node begins where it does, but for the keys.
    private static boolean isInnermost(Yaml node, Position at) {
        return switch (node) {
            case Yaml.Scalar _ -> true;
            case Yaml.Sequence(var items, _, _) -> items.stream().noneMatch(i -> isAround(i, at));
            case Yaml.Mapping mapping -> mapping.entries().values().stream().noneMatch(v -> isAround(v.value(), at));
        };
    }

    private static boolean isAround(Yaml node, Position at) {
        if (node.at().equals(at)) return true;
        return switch (node) {
            case Yaml.Scalar _ -> false;
            case Yaml.Sequence(var items, _, _) -> items.stream().anyMatch(i -> isAround(i, at));
            case Yaml.Mapping mapping ->
                mapping.entries().values().stream().anyMatch(v -> v.key().at().equals(at) || isAround(v.value(), at));
        };
    }
}

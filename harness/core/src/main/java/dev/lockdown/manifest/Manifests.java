package dev.lockdown.manifest;

import dev.lockdown.manifest.files.ManifestFiles;
import dev.lockdown.manifest.files.ManifestInput;
import dev.lockdown.manifest.files.Rendering;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import java.nio.file.Path;
import java.util.List;

/// Reads manifests: Kubernetes objects as YAML or JSON, one or many, in a text, a file, a folder or standard input.
///
/// ```java
/// var manifest = Manifests.read(Path.of("shop.yaml"), "default");
/// manifest.requireFits(state);
/// cluster.apply(manifest.changes());
/// ```
///
/// Every method throws [ManifestException] for what it cannot use, and nothing else.
public final class Manifests {
    private Manifests() {}

    /// Read the text of a file.
    ///
    /// @param file what messages call it
    /// @param defaultNamespace of the objects that name none
    public static Manifest read(String file, String text, String defaultNamespace) {
        return read(Position.startOf(file), text, defaultNamespace);
    }

    /// Read a text that is quoted in another, such as a doc string of a feature.
    ///
    /// @param first where its first character stands there, so that positions are those of the quoting file
    public static Manifest read(Position first, String text, String defaultNamespace) {
        return read(() -> new ObjectReader(defaultNamespace, false), List.of(new Source(first, text)));
    }

    /// Read a file, all YAML and JSON files right in a folder, or standard input, written `-`.
    public static Manifest read(Path path, String defaultNamespace) {
        return read(List.of(path), defaultNamespace);
    }

    /// Read several files and folders as one manifest.
    public static Manifest read(List<Path> paths, String defaultNamespace) {
        return read(() -> new ObjectReader(defaultNamespace, false), ManifestFiles.sources(paths));
    }

    /// Read texts as one manifest, each named and placed as its source says.
    public static Manifest readAll(List<Source> sources, String defaultNamespace) {
        return read(() -> new ObjectReader(defaultNamespace, false), sources);
    }

    /// Read all that somebody named as one manifest, rendering first what has to be.
    ///
    /// @param searchPath the folders of programs, as the variable PATH has them
    public static Manifest read(ManifestInput input, String searchPath, String defaultNamespace) {
        return readAll(sources(input, searchPath), defaultNamespace);
    }

    /// Give the texts of all that somebody named, for those who read more of them than a manifest has.
    ///
    /// @param searchPath the folders of programs, as the variable PATH has them
    public static List<Source> sources(ManifestInput input, String searchPath) {
        var sources = ManifestFiles.sources(input.files(), input.recursive());
        var rendering = new Rendering(searchPath);
        input.kustomizations().forEach(k -> sources.add(rendering.kustomize(k)));
        input.charts().forEach(c -> sources.add(rendering.helm(c)));
        return sources;
    }

    /// Read a quoted text that must have NetworkPolicies and nothing else, all of them for one namespace.
    public static Manifest readPolicies(Position first, String text, String namespace) {
        return requirePolicies(first, read(() -> new ObjectReader(namespace, true), List.of(new Source(first, text))));
    }

    /// Read files that must have NetworkPolicies and nothing else, all of them for one namespace.
    public static Manifest readPolicies(Path path, String namespace) {
        return requirePolicies(Position.whole(path.toString()),
            read(() -> new ObjectReader(namespace, true), ManifestFiles.sources(List.of(path))));
    }

    /// Where something is wrong, all that is wrong with any of the sources is told.
    private static Manifest read(EveryMistake.ReaderMaker maker, List<Source> sources) {
        var reader = maker.fresh();
        sources.forEach(reader::read);
        try {
            return reader.manifest();
        } catch (ManifestException known) {
            throw ManifestException.ofAll(EveryMistake.of(known.all(), sources, maker));
        }
    }

    private static Manifest requirePolicies(Position at, Manifest manifest) {
        if (manifest.resources().isEmpty() && manifest.notes().stream().noneMatch(n -> n.grade() == Note.Grade.UNSEEN))
            throw ObjectProblems.noPolicy(at);
        return manifest;
    }
}

package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.CniNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The CNIs that fixtures/cnis describes.
///
/// ```java
/// var cni = CniCatalog.in(Path.of("fixtures/cnis")).choose("calico", "3.32.1", false);
/// ```
public final class CniCatalog {
    /// What k3s has where nothing else is asked for.
    static final String BUILT_IN = "flannel";

    private final Map<String, CniFile> files;

    private CniCatalog(Map<String, CniFile> files) {
        this.files = files;
    }

    /// @throws dev.lockdown.manifest.yaml.ManifestException if a file in the folder is wrong
    public static CniCatalog in(Path folder) {
        var files = new TreeMap<String, CniFile>();
        try (var found = Files.list(folder)) {
            for (var path : found.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
                var file = CniFile.read(path);
                files.put(file.name(), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the CNIs in %s cannot be read: %s".formatted(folder, e), e);
        }
        return new CniCatalog(files);
    }

    /// @param name null means k3s's own
    /// @param version null means the file's default
    /// @throws IllegalArgumentException for a CNI or version that is not known, listing those that are
    public Cni choose(@Nullable String name, @Nullable String version, boolean dualStack) {
        var wanted = name == null ? BUILT_IN : name;
        var file = files.get(wanted);
        if (file == null)
            throw new IllegalArgumentException("""
            there is no CNI "%s" for k3s; known:
            %s
            one more is a file in fixtures/cnis; for manifests of your own: --cluster k3s:none --charts DIR""".formatted(wanted,
                String.join("\n", known().stream().map(k -> "  " + k).toList())));
        if (dualStack && !file.hasDualStack())
            throw new IllegalArgumentException("%s has nothing for --dual-stack in its file fixtures/cnis/%s.yaml".formatted(wanted,
                wanted));
        return file.resolve(version, dualStack);
    }

    /// What can be chosen, as names and versions.
    public CniNames names() {
        var names = new TreeMap<String, List<String>>();
        files.forEach((name, file) -> names.put(name, List.copyOf(file.versions().keySet())));
        return new CniNames(names);
    }

    /// What can be chosen, a line each.
    public List<String> known() {
        return files.values().stream().map(CniFile::line).toList();
    }
}

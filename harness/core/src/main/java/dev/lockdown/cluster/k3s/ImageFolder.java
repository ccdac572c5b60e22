package dev.lockdown.cluster.k3s;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// A folder of image archives as `docker save` and the releases of k3s make them, by the endings that k3s imports.
final class ImageFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_TAG = "io.containerd.image.name";
    private static final String ALL_OF_K3S = "k3s-airgap-images-";
    private static final Pattern LOOKED_INTO = Pattern.compile("(?i).*\\.(tar|tar\\.gz|tgz)");
    private static final Pattern HANDED_OVER = Pattern.compile("(?i).*\\.(tar\\.(bz2|lz4|zst)|tbz|tzst)");

    private final Path folder;
    private final Map<Path, Set<String>> archives;

    private ImageFolder(Path folder, Map<Path, Set<String>> archives) {
        this.folder = folder;
        this.archives = archives;
    }

    /// @throws IllegalArgumentException if an archive cannot be read
    static ImageFolder read(Path folder) {
        var archives = new LinkedHashMap<Path, Set<String>>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> matches(LOOKED_INTO, f) || matches(HANDED_OVER, f)).sorted().toList())
                archives.put(file, names(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("--images %s cannot be read: %s".formatted(folder, e), e);
        }
        return new ImageFolder(folder, archives);
    }

    private static boolean matches(Pattern endings, Path file) {
        return endings.matcher(file.toString()).matches();
    }

    Path folder() {
        return folder;
    }

    /// The archive that has an image, or null.
    @Nullable Path archiveOf(String image) {
        return archives.entrySet().stream().filter(a -> a.getValue().contains(full(image))).map(Map.Entry::getKey).findFirst().orElse(null);
    }

    /// The archive of all images of a release of k3s, or null. It is compressed in a way that is not looked into.
    @Nullable Path airgapOf(String architecture) {
        return archives.keySet().stream().filter(a -> a.getFileName().toString().startsWith(ALL_OF_K3S + architecture + ".")).findFirst()
            .orElse(null);
    }

    /// All that nodes get: everything but k3s's own image, which is the engine's.
    List<Path> forNodes(String k3sImage) {
        return archives.entrySet().stream().filter(a -> !a.getValue().equals(Set.of(full(k3sImage)))).map(Map.Entry::getKey).toList();
    }

    private static Set<String> names(Path archive) {
        if (matches(HANDED_OVER, archive)) return Set.of();
        try (var in = new BufferedInputStream(Files.newInputStream(archive));
                var tar =
                    new TarArchiveInputStream(archive.toString().toLowerCase(Locale.ROOT).endsWith("gz") ? new GZIPInputStream(in) : in)) {
            var names = new TreeSet<String>();
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                switch (entry.getName().replaceFirst("^\\./", "")) {
                    case "manifest.json" -> names.addAll(ofDocker(tar));
                    case "index.json" -> names.addAll(ofOci(tar));
                    case "repositories" -> {} // an older form of manifest.json
                    default -> {} // layers
                }
            }
            if (names.isEmpty())
                throw new IllegalArgumentException(
                    "--images: %s names no image; expected an archive as `docker save NAME:TAG -o FILE.tar` makes it".formatted(archive));
            return names;
        } catch (IOException e) {
            throw new IllegalArgumentException("--images: %s is no image archive: %s".formatted(archive, e.getMessage()), e);
        }
    }

    private static Set<String> ofDocker(InputStream manifest) throws IOException {
        var names = new TreeSet<String>();
        for (var image : JSON.readTree(manifest.readAllBytes())) for (var tag : image.path("RepoTags")) names.add(full(tag.asText()));
        return names;
    }

    private static Set<String> ofOci(InputStream index) throws IOException {
        var names = new TreeSet<String>();
        for (var manifest : JSON.readTree(index.readAllBytes()).path("manifests")) {
            var name = manifest.path("annotations").path(BY_TAG).asText();
            if (!name.isEmpty()) names.add(full(name));
        }
        return names;
    }

    /// As containerd names it: `busybox` is `docker.io/library/busybox:latest`.
    static String full(String image) {
        var tagged = image.lastIndexOf(':') > image.lastIndexOf('/') ? image : image + ":latest";
        int slash = tagged.indexOf('/');
        if (slash < 0) return "docker.io/library/" + tagged;
        var first = tagged.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? tagged : "docker.io/" + tagged;
    }
}

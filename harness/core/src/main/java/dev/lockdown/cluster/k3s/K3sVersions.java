package dev.lockdown.cluster.k3s;

import dev.lockdown.manifest.files.MappingFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The versions of k3s that fixtures/k3s.yaml knows.
public final class K3sVersions {
    private static final Pattern RELEASE = Pattern.compile("v?(?<number>[0-9]+\\.[0-9]+\\.[0-9]+)(?:[-+](?<build>k3s[0-9]+))?");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern MINOR = Pattern.compile("v1\\.(?<minor>[0-9]+)\\..*");
    private static final Pattern ONLY_MINOR = Pattern.compile("v?(?<minor>[0-9]+\\.[0-9]+)");

    private final String image;
    private final String preferred;
    private final Map<String, MappingFile> known;

    private K3sVersions(String image, String preferred, Map<String, MappingFile> known) {
        this.image = image;
        this.preferred = preferred;
        this.known = known;
    }

    /// One image of k3s.
    ///
    /// @param own the images that k3s itself pulls, or null where they are not known here
    public record Chosen(String image, @Nullable Own own) {
        public record Own(String pause, String dns, @Nullable String helm) {}

        String tag() {
            return image.substring(image.lastIndexOf(':') + 1);
        }

        /// Whether its kubelet refuses a host with cgroup v1 unless it is told not to. One that does not tell its version is
        /// taken for new.
        boolean minds(int cgroup) {
            var minor = MINOR.matcher(tag());
            return cgroup != 2 && (!minor.matches() || Integer.parseInt(minor.group("minor")) >= 35);
        }
    }

    /// @throws dev.lockdown.manifest.yaml.ManifestException if the file is wrong
    public static K3sVersions read(Path file) {
        var settings = MappingFile.read(file).only("image", "default", "versions");
        var versions = settings.named("versions");
        for (var version : versions.values()) own(version);
        var preferred = settings.needText("default", "default: v1.36.1-k3s1");
        if (!versions.containsKey(preferred))
            throw settings.wrong("default", "is %s, which is not among the versions".formatted(preferred), "");
        return new K3sVersions(settings.needText("image", "image: docker.io/rancher/k3s"), preferred, versions);
    }

    private static Chosen.Own own(MappingFile version) {
        version.only("pause", "dns", "helm");
        return new Chosen.Own(version.needText("pause", "pause: docker.io/rancher/mirrored-pause:3.6"),
            version.needText("dns", "dns: docker.io/rancher/mirrored-coredns-coredns:1.14.3"), version.text("helm"));
    }

    /// @param text a release as k3s writes it (`v1.36.1+k3s1`), without its ends (`1.36.1`), the newest that is known of a minor version
    ///     (`1.36`), any other tag of the image, or a whole image (`mirror.example/k3s:1`); null means the default
    /// @throws IllegalArgumentException if it is none of these
    public Chosen choose(@Nullable String text) {
        if (text == null) return of(preferred);
        if (text.contains("/") || text.contains(":")) {
            if (!text.contains(":") || text.matches(".*[\\s\"'].*"))
                throw new IllegalArgumentException("\"%s\" is no image; expected NAME:TAG".formatted(text));
            return new Chosen(text, null);
        }
        var release = RELEASE.matcher(text);
        if (release.matches()) {
            var build = release.group("build");
            return of("v%s-%s".formatted(release.group("number"), build == null ? "k3s1" : build));
        }
        var minor = ONLY_MINOR.matcher(text);
        if (minor.matches()) return of(newest(text, "v" + minor.group("minor") + "."));
        if (!TAG.matcher(text).matches())
            throw new IllegalArgumentException("\"%s\" is no version of k3s; expected one such as %s, or an image NAME:TAG".formatted(text,
                preferred));
        return of(text);
    }

    /// The image has no tags of two numbers.
    private String newest(String text, String beginning) {
        return known.keySet().stream().filter(k -> k.startsWith(beginning)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException(
                "no release \"%s\" of k3s is known here; known: %s\nany other is written with three numbers, such as %s.1".formatted(text,
                    String.join(", ", known.keySet()), text)));
    }

    private Chosen of(String tag) {
        var settings = known.get(tag);
        return new Chosen(image + ":" + tag, settings == null ? null : own(settings));
    }

    public List<String> known() {
        return List.copyOf(known.keySet());
    }
}

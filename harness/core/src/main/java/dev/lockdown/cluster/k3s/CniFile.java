package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.k3s.Cni.Artifact;
import dev.lockdown.cluster.k3s.Cni.Edit;
import dev.lockdown.cluster.k3s.Cni.Installation;
import dev.lockdown.cluster.k3s.Cni.Mounts;
import dev.lockdown.cluster.k3s.Cni.Workload;
import dev.lockdown.manifest.files.MappingFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One file of fixtures/cnis; its README says what the fields mean.
///
/// @param preferred the version where none is given, or null where it has no versions
record CniFile(String name, String about, @Nullable String preferred, Map<String, MappingFile> versions, MappingFile settings) {
    private static final String SHA256 = "[0-9a-f]{64}";

    /// @throws dev.lockdown.manifest.yaml.ManifestException if it is wrong
    static CniFile read(Path path) {
        var settings =
            MappingFile.read(path).only("about", "default", "versions", "k3s", "cluster-cidr", "service-cidr", "manifest", "chart",
                "bring", "images", "mounts", "ready", "dual-stack");
        var versions = settings.named("versions");
        for (var version : versions.values()) check(version);
        var preferred = settings.text("default");
        if (preferred != null && !versions.containsKey(preferred))
            throw settings.wrong("default", "is %s, which is not among the versions".formatted(preferred),
                "known: " + String.join(", ", versions.keySet()));
        if (preferred == null && !versions.isEmpty())
            throw settings.wrong("versions", "are there without a default", "say which is taken where none is given, by default:");
        var name = String.valueOf(path.getFileName()).replace(".yaml", "");
        var file = new CniFile(name, settings.needText("about", "about: a line for people"), preferred, versions, settings);
        // Once, so that a mistake is found when the file is read and not when it is chosen.
        file.resolve(null, false);
        if (file.hasDualStack()) file.resolve(null, true);
        return file;
    }

    private static void check(MappingFile version) {
        version.only("sha256", "images");
        var sum = version.text("sha256");
        if (sum != null && !sum.matches(SHA256))
            throw version.wrong("sha256", "is \"%s\"".formatted(sum), "expected 64 hexadecimal digits; leave it out if nobody knows it");
    }

    String line() {
        return versions.isEmpty() ? "%s  (%s)".formatted(name, about)
            : "%s@%s  (%s)".formatted(name, String.join(", @", versions.keySet()), about);
    }

    boolean hasDualStack() {
        return settings.has("dual-stack");
    }

    /// @throws IllegalArgumentException for a version that is not known, listing those that are
    Cni resolve(@Nullable String wanted, boolean dualStack) {
        if (wanted != null && versions.isEmpty())
            throw new IllegalArgumentException("%s has no versions to choose by @; --k3s-version chooses k3s's".formatted(name));
        var version = wanted == null ? preferred : wanted;
        var chosen = version == null ? null : versions.get(version);
        if (version != null && chosen == null)
            throw new IllegalArgumentException(
                "there is no version \"%s\" of %s; known: %s\none more is a line in fixtures/cnis/%s.yaml".formatted(version, name,
                    String.join(", ", versions.keySet()), name));
        var other = dualStack ? settings.inner("dual-stack") : null;
        if (other != null) other.only("k3s", "cluster-cidr", "service-cidr", "values", "edits");
        var images = chosen == null || !chosen.has("images") ? settings.texts("images") : chosen.texts("images");
        return new Cni(name, about, version, arguments(other), installation(version, chosen, other),
            images.stream().map(i -> named(i, version)).toList(), mounts(), ready());
    }

    private List<String> arguments(@Nullable MappingFile other) {
        var arguments = new ArrayList<>(settings.texts("k3s"));
        if (other != null) arguments.addAll(other.texts("k3s"));
        for (var field : List.of("cluster-cidr", "service-cidr")) {
            var cidr = other != null && other.has(field) ? other.text(field) : settings.text(field);
            if (cidr != null) arguments.add("--%s=%s".formatted(field, cidr));
        }
        return arguments;
    }

    private Installation installation(@Nullable String version, @Nullable MappingFile chosen, @Nullable MappingFile other) {
        var manifest = settings.inner("manifest");
        var chart = settings.inner("chart");
        var bring = settings.text("bring");
        if (Stream.of(manifest, chart, bring).filter(Objects::nonNull).count() > 1)
            throw settings.wrong("about", "describes more than one of manifest, chart and bring", "keep one");
        if (bring != null && !bring.equals("manifests")) throw settings.wrong("bring", "is \"%s\"".formatted(bring), "expected manifests");
        if (manifest != null) {
            manifest.only("address");
            return new Installation.Manifest(artifact(manifest, version, chosen), other == null ? List.of() : edits(other));
        }
        if (chart == null) return bring == null ? new Installation.BuiltIn() : new Installation.Brought();
        chart.only("name", "namespace", "address", "values");
        var values = Stream.of(chart, other).filter(Objects::nonNull).map(s -> s.text("values")).filter(
            Objects::nonNull);
        return new Installation.Chart(chart.needText("name", "name: cilium"), chart.needText("namespace", "namespace: kube-system"),
            artifact(chart, version, chosen), named(String.join("", values.toList()), version));
    }

    private static Artifact artifact(MappingFile of, @Nullable String version, @Nullable MappingFile chosen) {
        return new Artifact(named(of.needText("address", "address: https://example.org/cni-{version}.yaml"), version),
            chosen == null ? null : chosen.text("sha256"));
    }

    private static List<Edit> edits(MappingFile other) {
        return other.inners("edits").stream().map(e -> e.only("find", "replace"))
            .map(e -> new Edit(e.needText("find", "find: \"a: b\""), e.needText("replace", "replace: \"a: c\""))).toList();
    }

    private Mounts mounts() {
        var mounts = settings.inner("mounts");
        if (mounts == null) return Mounts.NONE;
        mounts.only("shared", "bpf", "cgroup2");
        return new Mounts(mounts.texts("shared"), mounts.text("bpf"), mounts.text("cgroup2"));
    }

    private List<Workload> ready() {
        var ready = settings.inner("ready");
        if (ready == null) return List.of();
        ready.only("daemonsets", "deployments");
        return Stream.concat(workloads(ready, "daemonsets", Workload.Kind.DAEMON_SET),
            workloads(ready, "deployments", Workload.Kind.DEPLOYMENT)).toList();
    }

    private static Stream<Workload> workloads(MappingFile ready, String field, Workload.Kind kind) {
        return ready.texts(field).stream().map(text -> {
            var parts = text.split("/", -1);
            if (parts.length != 2) throw ready.wrong(field, "has \"%s\"".formatted(text), "expected namespace/name");
            return new Workload(kind, parts[0], parts[1]);
        });
    }

    private static String named(String text, @Nullable String version) {
        return version == null ? text : text.replace("{version}", version);
    }
}

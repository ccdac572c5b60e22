package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.k3s.Cni.Edit;
import dev.lockdown.cluster.k3s.Cni.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The files that are copied into the nodes' containers, gathered and checked.
record NodeFiles(List<CopiedFile> forServer, List<CopiedFile> forNodes) {
    NodeFiles {
        forServer = List.copyOf(forServer);
        forNodes = List.copyOf(forNodes);
    }

    /// @throws dev.lockdown.cluster.EnvironmentException if a file cannot be had, or is not the one that was meant
    /// @throws IllegalArgumentException if a folder that was named has not what it was named for
    static NodeFiles gather(K3sRequest request, Artifacts artifacts, @Nullable ImageFolder images) {
        var nodes = new ArrayList<CopiedFile>();
        if (images != null) {
            for (var archive : images.forNodes(request.version().image()))
                nodes.add(CopiedFile.of(CopiedFile.IMAGES + archive.getFileName(), archive));
        }
        var registries = request.registries();
        if (registries != null) nodes.add(CopiedFile.of(CopiedFile.REGISTRIES, registries));
        return new NodeFiles(installation(request, artifacts), nodes);
    }

    private static List<CopiedFile> installation(K3sRequest request, Artifacts artifacts) {
        return switch (request.cni().installation()) {
            case Installation.BuiltIn() -> List.of();
            case Installation.Manifest manifest -> List.of(CopiedFile.text(
                CopiedFile.MANIFESTS + "lockdown-%s.yaml".formatted(request.cni().name()), manifest(manifest, request.cni(), artifacts)));
            case Installation.Chart chart -> List.of(
                CopiedFile.of(CopiedFile.CHARTS + chart.artifact().fileName(), artifacts.get(chart.artifact())),
                CopiedFile.text(CopiedFile.MANIFESTS + "lockdown-%s.yaml".formatted(request.cni().name()), helmChart(chart)));
            case Installation.Brought() -> brought(request);
        };
    }

    /// A manifest as it comes from its address, with what is changed in it.
    static String manifest(Installation.Manifest manifest, Cni cni, Artifacts artifacts) {
        return edited(new String(read(artifacts.get(manifest.artifact())), StandardCharsets.UTF_8), manifest.edits(), cni);
    }

    private static List<CopiedFile> brought(K3sRequest request) {
        var folder = Objects.requireNonNull(request.charts());
        try (var files = Files.list(folder)) {
            var manifests = files.filter(f -> f.toString().matches(".*\\.ya?ml")).sorted().toList();
            if (manifests.isEmpty())
                throw new IllegalArgumentException(
                    "--charts %s has no manifest (*.yaml), so k3s:%s would have no CNI".formatted(folder, request.cni().name()));
            return IntStream.range(0, manifests.size())
                .mapToObj(at -> CopiedFile.of(CopiedFile.MANIFESTS + addon(at, manifests.get(at)), manifests.get(at))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// k3s names what a file deploys by the file's name up to its first dot, and goes by the order of names. What is no name of an
    /// object is not deployed, and of two with the same name the second undoes the first.
    private static String addon(int at, Path manifest) {
        var name = manifest.getFileName().toString().replaceFirst("\\.ya?ml$", "").toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-").replaceFirst("-$", "");
        return String.format(Locale.ROOT, "lockdown-%03d%s%s.yaml", at + 1, name.startsWith("-") ? "" : "-", name);
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String edited(String manifest, List<Edit> edits, Cni cni) {
        var text = manifest;
        for (var edit : edits) {
            int at = text.indexOf(edit.find());
            if (at < 0 || text.indexOf(edit.find(), at + 1) >= 0)
                throw new IllegalArgumentException(
                    "fixtures/cnis/%s.yaml: the manifest of %s has not exactly one\n%s".formatted(cni.name(), cni, edit.find().indent(2)
                        .stripTrailing()));
            text = text.replace(edit.find(), edit.replace());
        }
        return text;
    }

    /// For k3s's Helm controller, which fetches the chart from its own API server. Without `bootstrap` its job would wait for the
    /// network that it is to install.
    private static String helmChart(Installation.Chart chart) {
        return """
            apiVersion: helm.cattle.io/v1
            kind: HelmChart
            metadata:
              name: %s
              namespace: kube-system
            spec:
              bootstrap: true
              targetNamespace: %s
              chart: https://%%{KUBERNETES_API}%%/static/charts/%s
              valuesContent: |
            %s""".formatted(chart.name(), chart.namespace(), chart.artifact().fileName(), chart.values().indent(4));
    }
}

package dev.lockdown.manifest.files;

import java.nio.file.Path;
import java.util.List;

/// Where manifests are to be read from.
///
/// @param files files and folders; `-` is standard input
/// @param recursive whether the folders inside folders are read, too
/// @param kustomizations folders that `kubectl kustomize` renders first
/// @param charts folders that `helm template` renders first
public record ManifestInput(List<Path> files, boolean recursive, List<Path> kustomizations, List<Path> charts) {
    public ManifestInput {
        files = List.copyOf(files);
        kustomizations = List.copyOf(kustomizations);
        charts = List.copyOf(charts);
    }

    public boolean isEmpty() {
        return files.isEmpty() && kustomizations.isEmpty() && charts.isEmpty();
    }
}

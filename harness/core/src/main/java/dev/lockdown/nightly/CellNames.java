package dev.lockdown.nightly;

import dev.lockdown.history.HistoryFolder;
import dev.lockdown.manifest.yaml.ManifestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Names the cells that have no name of their own, by what tells them apart.
///
/// @param axes of the matrix
record CellNames(List<String> axes) {

    /// @param duplicates of which two have one name
    record Named(List<MatrixCell> cells, List<ManifestException> duplicates) {}

    Named named(List<MatrixCell> cells) {
        var named = cells.stream().map(cell -> cell.name().isEmpty() ? renamed(cell, name(cell)) : cell).toList();
        var first = new HashMap<String, MatrixCell>();
        var duplicates = new ArrayList<ManifestException>();
        for (var cell : named) {
            var other = first.putIfAbsent(HistoryFolder.fileName(cell.name()), cell);
            if (other != null)
                duplicates
                    .add(ManifestException.at(cell.at(), "two cells are called %s; the other is at %s".formatted(cell.name(), other.at()),
                        "give one of them a name of its own, by `name:` in `include`"));
        }
        return new Named(named, duplicates);
    }

    /// The cluster, and of the other settings those that are axes or that the cluster is known by.
    private String name(MatrixCell cell) {
        var cni = cell.setting(Setting.CNI);
        var version = cell.setting(Setting.VERSION);
        var parts = new ArrayList<String>();
        parts.add(Objects.requireNonNull(cell.setting(Setting.CLUSTER)));
        if (cni != null) parts.add(version == null ? cni : cni + "-" + version);
        for (var setting : cell.settings().entrySet()) {
            switch (setting.getKey()) {
                case CLUSTER, CNI, KUBECONFIG -> {}
                case VERSION -> {
                    if (cni == null) parts.add(setting.getValue());
                }
                case K3S -> parts.add("k3s-" + setting.getValue());
                case NODES -> {
                    if (axes.contains("nodes")) parts.add(setting.getValue() + "-nodes");
                }
                case CONTEXT, FAMILIES, DENY, ESTABLISHED, DEFECT -> parts.add(setting.getValue());
            }
        }
        return parts.stream().collect(Collectors.joining("-"));
    }

    private static MatrixCell renamed(MatrixCell cell, String name) {
        return new MatrixCell(name, cell.at(), cell.settings(), cell.features(), cell.tags(), cell.priority(), cell.deadline(),
            cell.arguments(), cell.fingerprint());
    }

}

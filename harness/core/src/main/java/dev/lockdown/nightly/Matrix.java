package dev.lockdown.nightly;

import dev.lockdown.cluster.CniNames;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.state.InputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The clusters of a night.
///
/// @param cells at least one, in the order of the text
/// @param deviations the file of those that are known, or null
/// @param quarantine the tag of scenarios that are shown and do not count
public record Matrix(List<MatrixCell> cells, @Nullable Path deviations, String quarantine) {
    public static final String QUARANTINE = "@quarantine";

    public Matrix {
        cells = List.copyOf(cells);
    }

    /// Read a matrix.
    ///
    /// @param file as it is named in messages; relative paths in it begin in its folder
    /// @param features where none are named
    /// @throws ManifestException with every mistake at once
    public static Matrix read(Path file, String text, String features) {
        return read(file, text, features, CniNames.UNKNOWN);
    }

    /// The same, refusing network plugins of k3s that cannot be had.
    public static Matrix read(Path file, String text, String features, CniNames plugins) {
        return new MatrixReader(file, features, plugins).read(text);
    }

    /// Only some of the cells, by their names.
    ///
    /// @throws InputException if there is no such cell
    public Matrix only(List<String> names) {
        var there = cells.stream().map(MatrixCell::name).toList();
        for (var name : names)
            if (!there.contains(name))
                throw new InputException("the matrix has no cell \"%s\"\n  expected one of %s".formatted(name, String.join(", ", there)));
        return new Matrix(cells.stream().filter(c -> names.contains(c.name())).toList(), deviations, quarantine);
    }
}

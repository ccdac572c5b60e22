package dev.lockdown.nightly;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Nights that each ran some cells of one matrix, on machines of their own, such as the jobs of a CI.
///
/// A cell that several ran, as when a job was run again, counts as the last of them has it.
public final class MergedNights {
    private final Matrix matrix;
    private final LinkedHashMap<String, Found> found = new LinkedHashMap<>();

    /// @param outcome as that night noted it; its folder is where it was then
    private record Found(NightFolder night, CellOutcome outcome) {}

    /// @throws InputException if one of them is no night, or has cells that the matrix has not
    public MergedNights(Matrix matrix, List<Path> nights) {
        this.matrix = matrix;
        var problems = new ArrayList<String>();
        for (var path : nights) {
            var night = new NightFolder(path);
            if (Files.exists(night.matrix())) find(night, problems);
            else problems.add("%s is no folder of a night: there is no %s in it".formatted(path, night.matrix().getFileName()));
        }
        if (!problems.isEmpty())
            throw new InputException("%s\n  expected the folders that `nightly` makes for cells of this matrix: %s".formatted(
                String.join("\n", problems), matrix.cells().stream().map(MatrixCell::name).collect(Collectors.joining(", "))));
    }

    private void find(NightFolder night, List<String> problems) {
        for (var outcome : night.known().values()) {
            if (matrix.cells().stream().noneMatch(c -> c.name().equals(outcome.cell())))
                problems.add("%s has a cell %s, which the matrix has not".formatted(night.path(), outcome.cell()));
            else
                found.merge(outcome.cell(), new Found(night, outcome),
                    (one, other) -> other.outcome.at().isBefore(one.outcome.at()) ? one : other);
        }
    }

    /// Copy what they left of each cell, so that the folder can be kept and read without theirs.
    public void into(NightFolder whole) {
        for (var cell : found.values()) {
            var name = cell.outcome.cell();
            copy(cell.night.cell(name), whole.cell(name));
            var run = cell.outcome.folder();
            whole.add(cell.outcome.in(run == null ? null : whole.cell(name).resolve(Path.of(run).getFileName()).toString()));
        }
    }

    private static void copy(Path from, Path to) {
        if (!Files.isDirectory(from)) return;
        try (var files = Files.walk(from)) {
            // A folder comes before what is in it.
            for (var file : (Iterable<Path>) files::iterator) Files.copy(file, to.resolve(from.relativize(file)));
        } catch (IOException e) {
            throw new EnvironmentException("%s cannot be copied to %s: %s; make room, or choose another place with --report DIR"
                .formatted(from, to, e.getMessage()), e);
        }
    }
}

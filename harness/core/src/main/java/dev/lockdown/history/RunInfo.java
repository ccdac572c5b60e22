package dev.lockdown.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A run as a whole.
///
/// @param at when it began, in microseconds, as its journal has it
/// @param run the name of its folder
/// @param version of Lockdown
/// @param cluster in words
/// @param plugins of the cluster, in words, such as `kube-router 2.6.3`
/// @param cell of the matrix that it is the run of, or null
/// @param exitStatus null where the run did not end by itself
/// @param problem why the run as a whole was ended, or null
/// @param traits the cluster's fingerprint, answers by the ids of questions; empty where none was taken
public record RunInfo(Instant at, String run, String version, String cluster, List<String> plugins, @Nullable Cell cell,
        @Nullable Integer exitStatus, @Nullable String problem, Duration took, Map<String, String> traits) {
    public RunInfo {
        at = at.truncatedTo(ChronoUnit.MICROS);
        plugins = List.copyOf(plugins);
        traits = Collections.unmodifiableMap(new TreeMap<>(traits));
    }

    /// A cell of a matrix.
    ///
    /// @param settings by the names of the matrix's keys, such as `cni` and `version`, sorted
    public record Cell(String name, Map<String, String> settings) {
        public Cell {
            settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        }
    }

    /// The name of its cell, or the words of its cluster where it is of no matrix.
    public String cellName() {
        return cell == null ? cluster : cell.name();
    }

    /// The same run, known to be of a cell.
    public RunInfo of(Cell matrixCell, Map<String, String> fingerprint) {
        return new RunInfo(at, run, version, cluster, plugins, matrixCell, exitStatus, problem, took, fingerprint);
    }
}

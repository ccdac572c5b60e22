package dev.lockdown.nightly;

import dev.lockdown.comparison.Comparer;
import dev.lockdown.comparison.Comparison;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunHead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a night came to, beside the nights before it.
///
/// @param cells in the order of the matrix
/// @param firstBad along the versions of cells that differ in nothing else
public record Findings(List<OfCell> cells, List<FirstBad> firstBad) {
    public Findings {
        cells = List.copyOf(cells);
        firstBad = List.copyOf(firstBad);
    }

    /// @param digest null where there are no verdicts
    /// @param judged its scenarios, in their order
    /// @param sinceLast what is otherwise than in the run before it, or null where there is none
    /// @param heads of all its runs, the newest last
    public record OfCell(MatrixCell cell, CellOutcome outcome, @Nullable RunDigest digest, List<Judged> judged,
            @Nullable Comparison sinceLast, List<RunHead> heads, List<FlakeRate> flakes) {
        public long count(Judged.Counts counts) {
            return judged.stream().filter(j -> j.counts() == counts).count();
        }
    }

    /// @param outcomes and digests of the night, which are in the history already
    /// @param notes takes sentences for people, from several threads
    public static Findings of(Map<MatrixCell, CellOutcome> outcomes, Map<String, RunDigest> digests, Matrix matrix, Deviations known,
            Map<String, List<HistoryFolder.Kept>> history, Consumer<String> notes) {
        // Each reads and compares two digests.
        var cells = List.copyOf(outcomes.entrySet()).parallelStream().map(e -> {
            var cell = e.getKey();
            var digest = digests.get(cell.name());
            var kept = history.getOrDefault(cell.name(), List.of());
            var judged = digest == null ? List.<Judged>of() : Judged.of(digest, known, matrix.quarantine());
            var heads = kept.stream().map(HistoryFolder.Kept::head).toList();
            return new OfCell(cell, e.getValue(), digest, judged, digest == null ? null : sinceLast(digest, kept, notes), heads,
                digest == null ? List.of() : FlakeRate.in(heads));
        }).toList();
        return new Findings(cells, FirstBad.in(newest(digests, history, notes)));
    }

    private static @Nullable Comparison sinceLast(RunDigest digest, List<HistoryFolder.Kept> kept, Consumer<String> notes) {
        return kept.stream().filter(k -> k.head().info().at().isBefore(digest.info().at())).reduce((_, later) -> later)
            .map(k -> Comparer.compare(k.digest(notes), digest)).orElse(null);
    }

    /// The newest run of every cell that has a version; those that were not run in this night are read from the history.
    private static List<RunDigest> newest(Map<String, RunDigest> digests, Map<String, List<HistoryFolder.Kept>> history,
            Consumer<String> notes) {
        var newest = new LinkedHashMap<>(digests);
        history.forEach((cell, kept) -> {
            var of = kept.getLast().head().info().cell();
            if (!newest.containsKey(cell) && of != null
                && of.settings().keySet().stream().anyMatch(k -> k.equals("version") || k.equals("k3s")))
                newest.put(cell, kept.getLast().digest(notes));
        });
        return List.copyOf(newest.values());
    }
}

package dev.lockdown.cli;

import dev.lockdown.journal.OldRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/// Removes older runs from the folder of reports because somebody asks for it.
final class ReportPruning {
    private final Path reports;
    private final int keep;

    ReportPruning(Path reports, int keep) {
        this.reports = reports;
        this.keep = keep;
    }

    void now(PrintWriter out) throws IOException {
        var removed = new OldRuns(reports).prune(keep, null);
        removed.forEach(run -> out.println("removed " + run));
        if (removed.isEmpty()) out.println("there are at most %s runs in %s that are over; nothing was removed".formatted(keep, reports));
    }
}

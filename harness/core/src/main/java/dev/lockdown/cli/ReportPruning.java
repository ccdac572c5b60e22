package dev.lockdown.cli;

import dev.lockdown.journal.OldRuns;
import dev.lockdown.journal.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/// Keeps the folder of reports from growing without end.
final class ReportPruning {
    private final Path reports;
    private final int keep;

    ReportPruning(Path reports, int keep) {
        this.reports = reports;
        this.keep = keep;
    }

    /// After a run. What cannot be removed is told and changes nothing about the run.
    void after(RunFolder own, PrintWriter err) {
        try {
            int removed = new OldRuns(reports).prune(keep, own).size();
            if (removed > 0)
                err.println(
                    "removed %d older run%s from %s (--keep-reports %d)".formatted(removed, removed == 1 ? "" : "s", reports, keep));
        } catch (IOException e) {
            err.println("warning: older runs in %s were not removed: %s".formatted(reports, e));
        }
    }

    /// Because somebody asked for it.
    void now(PrintWriter out) throws IOException {
        var removed = new OldRuns(reports).prune(keep, null);
        removed.forEach(run -> out.println("removed " + run));
        if (removed.isEmpty()) out.println("there are at most %d runs in %s that are over; nothing was removed".formatted(keep, reports));
    }
}

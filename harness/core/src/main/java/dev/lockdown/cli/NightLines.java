package dev.lockdown.cli;

import dev.lockdown.history.RunDigest;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.Matrix;
import dev.lockdown.nightly.MatrixCell;
import dev.lockdown.nightly.Night;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A line for each cell of a night, as it begins and as it ends.
///
/// @param out takes a line, from several threads
record NightLines(Consumer<String> out, Matrix matrix) implements Night.Listener {

    void head(NightFolder folder, int done) {
        out.accept("%s%s · %s".formatted(Figures.count(matrix.cells().size(), "cell"),
            done == 0 ? "" : ", %s done before".formatted(Integer.toString(done)), folder.path()));
    }

    @Override
    public void began(MatrixCell cell) {
        out.accept("… %s".formatted(cell.name()));
    }

    @Override
    public void ended(MatrixCell cell, CellOutcome outcome, @Nullable RunDigest digest) {
        out.accept("%s %s  %s  %s".formatted(symbol(outcome, digest), padded(cell.name()), what(outcome, digest),
            outcome.took().isZero() ? "" : Figures.duration(outcome.took())).stripTrailing());
    }

    private String padded(String name) {
        int width = matrix.cells().stream().mapToInt(c -> c.name().length()).max().orElse(0);
        return name + " ".repeat(Math.max(0, width - name.length()));
    }

    private static String symbol(CellOutcome outcome, @Nullable RunDigest digest) {
        return switch (outcome.state()) {
            case NOT_RUN -> "-";
            case CANNOT_START -> "!";
            case HUNG, BROKEN -> "✗";
            case DONE -> digest != null && digest.scenarios().stream().noneMatch(s -> s.worst().isFaulty()) ? "✓" : "✗";
        };
    }

    static String what(CellOutcome outcome, @Nullable RunDigest digest) {
        var counts = digest == null ? "" : counts(digest);
        var problem = outcome.problem();
        return switch (outcome.state()) {
            case DONE -> counts;
            case NOT_RUN -> "not run: " + problem;
            case CANNOT_START -> "could not start: " + problem;
            case HUNG, BROKEN -> counts.isEmpty() ? String.valueOf(problem) : "%s, after %s".formatted(problem, counts);
        };
    }

    private static String counts(RunDigest digest) {
        var parts = new ArrayList<String>();
        long flaky = digest.scenarios().stream().filter(s -> s.isFlaky()).count();
        if (flaky > 0) parts.add(flaky + " flaky");
        for (var status : List.of(Status.BROKEN, Status.FAILED, Status.INCONCLUSIVE, Status.SKIPPED, Status.PASSED)) {
            long count = digest.scenarios().stream().filter(s -> !s.isFlaky() && s.worst() == status).count();
            if (count > 0) parts.add(count + " " + status.name().toLowerCase(Locale.ROOT));
        }
        return parts.isEmpty() ? "no scenario" : String.join(" · ", parts);
    }

    @Override
    public void note(String sentence) {
        out.accept("  " + sentence);
    }
}

package dev.lockdown.nightly.summary;

import dev.lockdown.comparison.Change;
import dev.lockdown.comparison.ChangeWording;
import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Judged;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.nightly.NightStatus;
import dev.lockdown.nightly.NightText;
import dev.lockdown.nightly.SharedChange;
import dev.lockdown.verdict.Figures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// A night for the summary of a CI job: what changed first. GitHub takes a MiB of a step, and a part that does not fit any more is left out
/// and said to be.
final class NightMarkdown {
    private static final int MOST_BYTES = 900_000;
    private static final int SHOWN = 20;
    /// Of a text in a table.
    private static final int LONGEST = 300;

    private final Findings findings;
    private final List<String> parts = new ArrayList<>();

    private NightMarkdown(Findings findings) {
        this.findings = findings;
    }

    static String text(Findings findings) {
        return new NightMarkdown(findings).text();
    }

    private String text() {
        parts.add("### %s %s\n".formatted(symbol(NightStatus.of(findings.cells())), inline(new NightText(findings).sentence())));
        changes();
        table("First bad versions", List.of("scenario", "since", "seen in"), findings.firstBad(),
            f -> List.of("%s (%s)".formatted(f.scenario().name(), f.scenario().feature()), NightText.words(f), f.cell()));
        notPassed();
        known();
        cells();
        return fitting();
    }

    private void changes() {
        for (var kind : SharedChange.KINDS) {
            var changes = SharedChange.of(kind, findings.cells());
            table(changes.isEmpty() ? "" : "Since the last run: " + ChangeWording.heading(kind, changes.size()),
                List.of("what", "was", "is", "in the cells"), changes, c -> row(c.change(), c.cells()));
        }
        if (findings.cells().stream().noneMatch(c -> c.sinceLast() != null)) parts.add("No cell was run before.\n");
        else
            if (findings.cells().stream().allMatch(c -> c.sinceLast() == null || c.sinceLast().changes().isEmpty()))
                parts.add("Nothing is otherwise than in the run before.\n");
    }

    private static List<String> row(Change change, List<String> cells) {
        var place = ChangeWording.place(change);
        return List.of(ChangeWording.subject(change) + (place.isEmpty() ? "" : " (%s)".formatted(place)), ChangeWording.was(change),
            ChangeWording.is(change), String.join(", ", cells));
    }

    /// What fails the same in several cells, told once.
    private void notPassed() {
        record Same(Counts counts, String name, String place) {}
        var cells = new LinkedHashMap<Same, List<String>>();
        var problems = new LinkedHashMap<Same, String>();
        for (var cell : findings.cells()) for (var judged : cell.judged()) {
            if (!judged.counts().isFailure() && !judged.counts().isInconclusive()) continue;
            var same = new Same(judged.counts(), judged.scenario().key().name(), judged.scenario().place());
            cells.computeIfAbsent(same, _ -> new ArrayList<>()).add(cell.cell().name());
            problems.putIfAbsent(same, problem(judged));
        }
        table("Not passed", List.of("", "scenario", "problem", "in the cells"), List.copyOf(cells.entrySet()),
            e -> List.of(NightText.word(e.getKey().counts), "%s (%s)".formatted(e.getKey().name, e.getKey().place),
                problems.getOrDefault(e.getKey(), ""), String.join(", ", e.getValue())));
    }

    private static String problem(Judged judged) {
        if (judged.counts() == Counts.MENDED)
            return "it passes: take the deviation out (%s)".formatted(judged.deviations().getFirst().at());
        return judged.scenario().problem() == null ? "" : judged.scenario().problem();
    }

    private void known() {
        record Row(String counts, String scenario, String why, String cell) {}
        var rows = new ArrayList<Row>();
        for (var cell : findings.cells()) for (var judged : cell.judged()) {
            var scenario = "%s (%s)".formatted(judged.scenario().key().name(), judged.scenario().place());
            if (judged.counts() == Counts.KNOWN)
                rows.add(new Row("known", scenario, judged.deviations().getFirst().reason(), cell.cell().name()));
            if (judged.isAbsent())
                rows.add(new Row("known, passes now", scenario, judged.deviations().getFirst().reason(), cell.cell().name()));
            if (judged.counts() == Counts.QUARANTINED)
                rows.add(new Row("in quarantine", scenario, judged.scenario().worst().isFaulty() ? "does not pass" : "passes",
                    cell.cell().name()));
        }
        table("Known, and in quarantine", List.of("", "scenario", "why", "cell"), rows,
            r -> List.of(r.counts, r.scenario, r.why, r.cell));
    }

    private void cells() {
        var text = new StringBuilder(
            "#### Cells\n\n| cell | came to | passed | not passed | known | took | |\n|---|---|---:|---:|---:|---:|---|\n");
        for (var cell : findings.cells()) {
            long failing = cell.judged().stream().filter(j -> j.counts().isFailure() || j.counts().isInconclusive()).count();
            boolean notRun = cell.outcome().state() == CellOutcome.State.NOT_RUN;
            text.append("| %s | %s | %s | %s | %s | %s | %s |\n".formatted(inline(cell.cell().name()),
                notRun ? "not run" : NightText.word(NightStatus.of(cell)), number(cell.count(Counts.PASSED)), number(failing),
                number(cell.count(Counts.KNOWN)), Figures.duration(cell.outcome().took()),
                cell.outcome().problem() == null ? "" : inline(cell.outcome().problem())));
        }
        parts.add(text.toString());
    }

    private <T> void table(String heading, List<String> columns, List<T> all, Function<T, List<String>> row) {
        if (all.isEmpty()) return;
        var text = new StringBuilder("#### %s\n\n".formatted(inline(heading)));
        line(text, columns);
        text.append("|").append("---|".repeat(columns.size())).append('\n');
        all.stream().limit(SHOWN).forEach(one -> line(text, row.apply(one)));
        if (all.size() > SHOWN) text.append("\n… and %s more, in nightly.html\n".formatted(number(all.size() - SHOWN)));
        parts.add(text.toString());
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(inline(cell)).append(" |"));
        text.append('\n');
    }

    /// A text that Markdown takes as it is.
    private static String inline(String text) {
        var cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
        return cut.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
            .replace("`", "\\`")
            .replace("@", "@\u200b").lines().reduce((a, b) -> a + " " + b).orElse("");
    }

    private String fitting() {
        var text = new StringBuilder();
        int bytes = 0;
        for (var part : parts) {
            bytes += part.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) return text.append("\n… the rest is in nightly.html\n").toString();
            text.append(part).append('\n');
        }
        return text.toString();
    }

    private static String symbol(NightStatus status) {
        return switch (status) {
            case GOOD -> "✓";
            case INCONCLUSIVE -> "?";
            case FAILED -> "✗";
            case DEFECT, BAD_INPUT, CANNOT_START -> "!";
        };
    }

    private static String number(long number) {
        return Long.toString(number);
    }
}

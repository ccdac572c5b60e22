package dev.lockdown.nightly;

import dev.lockdown.comparison.ComparisonText;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A night in words: what is different first.
public record NightText(Findings findings) {
    /// Of a kind of finding.
    private static final int SHOWN = 20;

    /// Lines for a terminal.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        changes(lines);
        failures(lines);
        firstBad(lines);
        deviations(lines);
        lines.add(sentence());
        return lines;
    }

    private void changes(List<String> lines) {
        for (var cell : findings.cells()) {
            var since = cell.sinceLast();
            if (since == null || since.changes().isEmpty()) continue;
            lines.add("since the last run of %s:".formatted(cell.cell().name()));
            new ComparisonText(since).text().lines().skip(2).forEach(line -> lines.add("  " + line));
        }
    }

    private void failures(List<String> lines) {
        for (var cell : findings.cells()) {
            var failed = cell.judged().stream().filter(j -> j.counts().isFailure() || j.counts().isInconclusive()).toList();
            if (failed.isEmpty()) continue;
            lines.add("%s:".formatted(cell.cell().name()));
            var alike = failed.stream().collect(Collectors.groupingBy(NightText::reason, LinkedHashMap::new, Collectors.toList())).values();
            alike.stream().limit(SHOWN).forEach(same -> lines.add("  " + line(same)));
            if (alike.size() > SHOWN) lines.add("  … and %s more".formatted(Integer.toString(alike.size() - SHOWN)));
        }
    }

    /// What scenarios have in common that fail together.
    private static String reason(Judged judged) {
        var problem = judged.scenario().problem();
        return word(judged.counts()) + (judged.counts() == Counts.MENDED || problem == null ? judged.scenario().key() : problem);
    }

    private static String line(List<Judged> same) {
        var first = same.getFirst();
        return "%s  %s  %s%s".formatted(word(first.counts()), first.scenario().place(), what(first),
            same.size() == 1 ? "" : " (and %s more)".formatted(Integer.toString(same.size() - 1)));
    }

    private static String what(Judged judged) {
        if (judged.counts() == Counts.MENDED)
            return "%s: it passes, take the deviation out (%s)".formatted(judged.scenario().name(), judged.deviations().getFirst().at());
        var problem = judged.scenario().problem();
        return problem == null ? judged.scenario().name() : "%s: %s".formatted(judged.scenario().name(), problem);
    }

    private void firstBad(List<String> lines) {
        if (findings.firstBad().isEmpty()) return;
        lines.add("first bad versions:");
        findings.firstBad().stream().limit(SHOWN)
            .forEach(f -> lines.add("  %s  %s: %s".formatted(f.scenario().feature(), f.scenario().name(),
                words(f))));
        if (findings.firstBad().size() > SHOWN)
            lines.add("  … and %s more".formatted(Integer.toString(findings.firstBad().size() - SHOWN)));
    }

    public static String words(FirstBad found) {
        return "%s %s fails%s%s".formatted(found.of(), found.firstBad(),
            found.lastGood() == null ? ", as do all that are known before it" : ", %s was good".formatted(found.lastGood()),
            found.mended() == null ? "" : ", mended in %s".formatted(found.mended()));
    }

    private void deviations(List<String> lines) {
        for (var cell : findings.cells()) {
            var known = cell.judged().stream().filter(j -> j.counts() == Counts.KNOWN).toList();
            var apart = cell.judged().stream().filter(j -> j.counts() == Counts.QUARANTINED && j.scenario().worst().isFaulty()).toList();
            if (!known.isEmpty())
                lines.add("%s: %s as it is known to".formatted(cell.cell().name(), Figures.count(known.size(), "scenario")
                    + (known.size() == 1 ? " fails" : " fail")));
            long absent = cell.judged().stream().filter(Judged::isAbsent).count();
            if (absent > 0)
                lines.add("%s: %s at times, as is known, and %s now".formatted(cell.cell().name(), Figures.count(absent, "scenario")
                    + (absent == 1 ? " fails" : " fail"), absent == 1 ? "passes" : "pass"));
            if (!apart.isEmpty())
                lines.add("%s: %s in quarantine and %s not pass".formatted(cell.cell().name(),
                    Figures.count(apart.size(), "scenario") + (apart.size() == 1 ? " is" : " are"), apart.size() == 1 ? "does" : "do"));
        }
    }

    /// What came of it, in one line.
    public String sentence() {
        var parts = new ArrayList<String>();
        for (var status : NightStatus.values()) {
            long count = findings.cells().stream().filter(c -> c.outcome().state() != CellOutcome.State.NOT_RUN
                && NightStatus.of(c) == status).count();
            if (count > 0) parts.add("%s %s".formatted(Long.toString(count), word(status)));
        }
        long notRun = findings.cells().stream().filter(c -> c.outcome().state() == CellOutcome.State.NOT_RUN).count();
        if (notRun > 0) parts.add(notRun + " not run");
        return "%s: %s".formatted(Figures.count(findings.cells().size(), "cell"), String.join(" · ", parts));
    }

    public static String word(NightStatus status) {
        return switch (status) {
            case DEFECT -> "ended by a defect";
            case BAD_INPUT -> "with wrong input";
            case CANNOT_START -> "could not start";
            case FAILED -> "failed";
            case INCONCLUSIVE -> "inconclusive";
            case GOOD -> "good";
        };
    }

    public static String word(Counts counts) {
        return counts.name().toLowerCase(Locale.ROOT);
    }
}

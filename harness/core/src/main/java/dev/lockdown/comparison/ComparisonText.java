package dev.lockdown.comparison;

import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A comparison as text for a terminal, or as Markdown.
public record ComparisonText(Comparison comparison) {
    /// Of a kind of change; a cluster that enforces nothing has a hundred thousand.
    private static final int SHOWN = 20;
    static final List<Class<? extends Change>> KINDS = List.of(Change.OfScenario.class, Change.OfFlow.class, Change.OfFate.class,
        Change.OfTrait.class, Change.OfManner.class, Change.OfTime.class);

    /// Several lines, each with its end.
    public String text() {
        var lines = new ArrayList<String>();
        lines.add("before: " + words(comparison.before()));
        lines.add("after:  " + words(comparison.after()));
        for (var kind : KINDS) {
            var changes = comparison.of(kind);
            if (changes.isEmpty()) continue;
            lines.add(ChangeWording.heading(kind, changes.size()) + ":");
            if (kind == Change.OfManner.class) {
                manners().forEach(line -> lines.add("    " + line));
                continue;
            }
            var place = "";
            for (var change : changes.subList(0, Math.min(SHOWN, changes.size()))) {
                if (!ChangeWording.place(change).equals(place)) lines.add("  " + ChangeWording.place(change));
                place = ChangeWording.place(change);
                lines.add(
                    "    %s: was %s, is %s".formatted(ChangeWording.subject(change), ChangeWording.was(change), ChangeWording.is(change)));
            }
            if (changes.size() > SHOWN) lines.add("    … and %s more".formatted(Integer.toString(changes.size() - SHOWN)));
        }
        only("before", comparison.onlyBefore(), lines);
        only("after", comparison.onlyAfter(), lines);
        lines.add(sentence());
        return String.join("\n", lines) + "\n";
    }

    /// A cluster rejects or drops everywhere, so one line tells of many steps.
    private List<String> manners() {
        return comparison.of(Change.OfManner.class).stream()
            .collect(Collectors.groupingBy(c -> "%s: was %s, is %s".formatted(c.how(), ChangeWording.was(c), ChangeWording.is(c)),
                TreeMap::new, Collectors.toList()))
            .entrySet().stream().map(e -> "%s in %s, first %s".formatted(e.getKey(), Figures.count(e.getValue().size(), "step"),
                e.getValue().getFirst().place()))
            .toList();
    }

    private static void only(String where, List<ScenarioDigest.Key> scenarios, List<String> lines) {
        if (scenarios.isEmpty()) return;
        lines.add("%s only %s:".formatted(Figures.count(scenarios.size(), "scenario"), where));
        scenarios.stream().limit(SHOWN).forEach(s -> lines.add("    %s  %s".formatted(s.feature(), s.name())));
        if (scenarios.size() > SHOWN) lines.add("    … and %s more".formatted(Integer.toString(scenarios.size() - SHOWN)));
    }

    /// What came of it, in one line.
    public String sentence() {
        var of = comparison.compared();
        var compared = of.scenarios() == 0 && of.traits() > 0 ? "%s of the fingerprint".formatted(Figures.count(of.traits(), "answer"))
            : "%s, %s and %s".formatted(Figures.count(of.scenarios(), "scenario"), Figures.count(of.verdicts(), "verdict"),
                Figures.count(of.times(), "sample") + " of times");
        if (of.isNothing()) return "the two have nothing in common that could be compared";
        if (comparison.changes().isEmpty()) return "nothing differs in " + compared;
        return comparison.isOtherwise() ? "the network behaves otherwise; compared were " + compared
            : "no verdict differs in %s; how, or how fast, does".formatted(compared);
    }

    private static String words(RunInfo run) {
        var plugins = run.plugins().isEmpty() ? "" : " · " + String.join(", ", run.plugins());
        return "%s%s · %s".formatted(run.cellName(), plugins, run.run().isEmpty() ? run.at().toString() : run.run());
    }

    /// A document with a table for each kind of change.
    public String markdown() {
        var text = new StringBuilder("### %s\n\n| | run |\n|---|---|\n| before | %s |\n| after | %s |\n".formatted(
            cell(sentence()), cell(words(comparison.before())), cell(words(comparison.after()))));
        for (var kind : KINDS) {
            var changes = comparison.of(kind);
            if (changes.isEmpty()) continue;
            if (kind == Change.OfManner.class) {
                text.append("\n%s\n\n".formatted(ChangeWording.heading(kind, changes.size())));
                manners().forEach(line -> text.append("- %s\n".formatted(cell(line))));
                continue;
            }
            text.append("\n%s\n\n| where | what | was | is |\n|---|---|---|---|\n".formatted(ChangeWording.heading(kind, changes.size())));
            for (var change : changes.subList(0, Math.min(SHOWN, changes.size())))
                text.append("| %s | %s | %s | %s |\n".formatted(cell(ChangeWording.place(change)), cell(ChangeWording.subject(change)),
                    cell(ChangeWording.was(change)), cell(ChangeWording.is(change))));
            if (changes.size() > SHOWN) text.append("| | … and %s more | | |\n".formatted(Integer.toString(changes.size() - SHOWN)));
        }
        for (var only : List.of(comparison.onlyBefore(), comparison.onlyAfter())) {
            if (only.isEmpty()) continue;
            text.append("\n%s only %s:\n\n".formatted(Figures.count(only.size(), "scenario"),
                only == comparison.onlyBefore() ? "before" : "after"));
            only.stream().limit(SHOWN).forEach(s -> text.append("- %s: %s\n".formatted(cell(s.feature()), cell(s.name()))));
            if (only.size() > SHOWN) text.append("- … and %s more\n".formatted(Integer.toString(only.size() - SHOWN)));
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
    }
}

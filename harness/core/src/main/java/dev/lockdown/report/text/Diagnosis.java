package dev.lockdown.report.text;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Failure;
import dev.lockdown.report.Failure.Differs;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.verdict.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Says what went wrong in a scenario as a compiler does: the matter, the place, the underlined text, and what is known.
public final class Diagnosis {
    private static final int CAP = 6;

    private final FeatureFiles features;
    private final int width;

    public Diagnosis(FeatureFiles features, int width) {
        this.features = features;
        this.width = width;
    }

    /// Give the text of all failures of a scenario, without colour.
    public String text(ScenarioRun scenario) {
        return scenario.failures().stream().flatMap(f -> lines(scenario, f).stream()).map(l -> l.text().stripTrailing() + "\n")
            .reduce("", String::concat);
    }

    List<Styled> lines(ScenarioRun scenario, Failure failure) {
        var lines = new ArrayList<>(headline(failure));
        switch (failure) {
            case Differs differs -> lines.addAll(differs(scenario, differs));
            case Failure.Problem problem -> lines.addAll(problem(scenario, problem));
        }
        return lines;
    }

    private List<Styled> headline(Failure failure) {
        var word = failure.status() == Status.INCONCLUSIVE ? "inconclusive: " : "error: ";
        var text = Columns.wrap(failure.headline(), width - word.length());
        var lines = new ArrayList<Styled>();
        for (int i = 0; i < text.size(); i++)
            lines.add(Styled.of(i == 0 ? Style.of(failure.status()) : Style.PLAIN, i == 0 ? word : " ".repeat(word.length()))
                .and(Style.BOLD, text.get(i)));
        return lines;
    }

    private List<Styled> differs(ScenarioRun scenario, Differs failure) {
        var source = features.lines(scenario.started().feature());
        var shown = failure.cells().stream().limit(failure.cells().size() > CAP + 1 ? CAP : CAP + 1).toList();
        int gutter = Integer.toString(shown.stream().mapToInt(c -> c.question().line()).max().orElse(0)).length();
        var lines = new ArrayList<Styled>();
        lines.add(arrow(gutter, place(scenario, shown.getFirst())));
        var byLine = new TreeMap<Integer, List<Cell>>();
        shown.forEach(c -> byLine.computeIfAbsent(c.question().line(), _ -> new ArrayList<>()).add(c));
        var excerpt = new Excerpt(source, gutter, width);
        var notes = new Notes(gutter, width, scenario.evidence());
        byLine.values().forEach(cells -> {
            var marks = cells.stream().flatMap(c -> mark(source, scenario, c)).toList();
            if (!marks.isEmpty()) lines.addAll(excerpt.quote(marks));
            cells.forEach(cell -> lines.addAll(notes.of(cell, marks.isEmpty())));
        });
        int hidden = failure.cells().size() - shown.size();
        if (hidden > 0) lines.add(Styled.of(Style.DIM, " ".repeat(gutter + 1) + "… and %s more, see report.html".formatted(hidden)));
        return lines;
    }

    private String place(ScenarioRun scenario, Cell first) {
        var feature = scenario.started().feature();
        return Place.of(features.lines(feature), scenario, first)
            .map(p -> "%s:%s:%s".formatted(feature, p.line(), p.column())).orElse("%s:%s".formatted(feature, first.question().line()));
    }

    private static Stream<Excerpt.Mark> mark(List<String> source, ScenarioRun scenario, Cell cell) {
        var style = cell.inconclusive() ? Style.DOUBT : Style.BAD;
        return Place.of(source, scenario, cell).map(p -> new Excerpt.Mark(p, Notes.label(cell), style)).stream();
    }

    private List<Styled> problem(ScenarioRun scenario, Failure.Problem failure) {
        var feature = scenario.started().feature();
        var lines = new ArrayList<Styled>();
        var step = failure.step();
        if (step == null) lines.add(arrow(2, scenario.place()));
        else {
            int gutter = Integer.toString(step.finished().line()).length();
            var place = Place.of(features.lines(feature), step.finished());
            lines.add(arrow(gutter, "%s:%s%s".formatted(feature, step.finished().line(), place.map(p -> ":" + p.column()).orElse(""))));
            place.ifPresent(p -> lines.addAll(new Excerpt(List.of(), gutter, width)
                .quote(List.of(new Excerpt.Mark(p, "", Style.of(failure.status()))))));
        }
        failure.details().forEach(detail -> lines.add(Styled.of("   " + detail)));
        return lines;
    }

    private static Styled arrow(int gutter, String place) {
        return Styled.of(Style.GUTTER, " ".repeat(gutter) + "--> ").and(place);
    }
}

package dev.lockdown.report.text;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Fault;
import dev.lockdown.report.Fault.Differs;
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

    /// Give the text of all faults of a scenario, without colour.
    public String text(ScenarioRun scenario) {
        return scenario.faults().stream().flatMap(f -> lines(scenario, f).stream()).map(l -> l.text().stripTrailing() + "\n")
            .reduce("", String::concat);
    }

    List<Styled> lines(ScenarioRun scenario, Fault fault) {
        var lines = new ArrayList<>(headline(fault));
        switch (fault) {
            case Differs differs -> lines.addAll(differs(scenario, differs));
            case Fault.Problem problem -> lines.addAll(problem(scenario, problem));
        }
        return lines;
    }

    private List<Styled> headline(Fault fault) {
        var word = fault.status() == Status.INCONCLUSIVE ? "inconclusive: " : "error: ";
        var text = Columns.wrap(fault.headline(), width - word.length());
        var lines = new ArrayList<Styled>();
        for (int i = 0; i < text.size(); i++)
            lines.add(Styled.of(i == 0 ? Hue.of(fault.status()) : Hue.PLAIN, i == 0 ? word : " ".repeat(word.length()))
                .and(Hue.BOLD, text.get(i)));
        return lines;
    }

    private List<Styled> differs(ScenarioRun scenario, Differs fault) {
        var source = features.lines(scenario.started().feature());
        var shown = fault.cells().stream().limit(fault.cells().size() > CAP + 1 ? CAP : CAP + 1).toList();
        int gutter = Integer.toString(shown.stream().mapToInt(c -> c.question().line()).max().orElse(0)).length();
        var lines = new ArrayList<Styled>();
        lines.add(arrow(gutter, place(scenario, shown.getFirst())));
        var byLine = new TreeMap<Integer, List<Cell>>();
        shown.forEach(c -> byLine.computeIfAbsent(c.question().line(), _ -> new ArrayList<>()).add(c));
        var excerpt = new Excerpt(source, gutter, width);
        var notes = new Notes(gutter, width);
        byLine.values().forEach(cells -> {
            var marks = cells.stream().flatMap(c -> mark(source, scenario, c)).toList();
            if (!marks.isEmpty()) lines.addAll(excerpt.quote(marks));
            cells.forEach(cell -> lines.addAll(notes.of(cell, marks.isEmpty())));
        });
        int hidden = fault.cells().size() - shown.size();
        if (hidden > 0) lines.add(Styled.of(Hue.DIM, " ".repeat(gutter + 1) + "… and %d more, see report.html".formatted(hidden)));
        return lines;
    }

    private String place(ScenarioRun scenario, Cell first) {
        var feature = scenario.started().feature();
        return Place.of(features.lines(feature), scenario, first)
            .map(p -> "%s:%d:%d".formatted(feature, p.line(), p.column())).orElse("%s:%d".formatted(feature, first.question().line()));
    }

    private static Stream<Excerpt.Mark> mark(List<String> source, ScenarioRun scenario, Cell cell) {
        var hue = cell.inconclusive() ? Hue.DOUBT : Hue.BAD;
        return Place.of(source, scenario, cell).map(p -> new Excerpt.Mark(p, Notes.label(cell), hue)).stream();
    }

    private List<Styled> problem(ScenarioRun scenario, Fault.Problem fault) {
        var feature = scenario.started().feature();
        var lines = new ArrayList<Styled>();
        var step = fault.step();
        if (step == null) lines.add(arrow(2, scenario.place()));
        else {
            int gutter = Integer.toString(step.finished().line()).length();
            var place = Place.of(features.lines(feature), step.finished());
            lines.add(arrow(gutter, "%s:%d%s".formatted(feature, step.finished().line(), place.map(p -> ":" + p.column()).orElse(""))));
            place.ifPresent(p -> lines.addAll(new Excerpt(List.of(), gutter, width)
                .quote(List.of(new Excerpt.Mark(p, "", Hue.of(fault.status()))))));
        }
        fault.details().forEach(detail -> lines.add(Styled.of("   " + detail)));
        return lines;
    }

    private static Styled arrow(int gutter, String place) {
        return Styled.of(Hue.GUTTER, " ".repeat(gutter) + "--> ").and(place);
    }
}

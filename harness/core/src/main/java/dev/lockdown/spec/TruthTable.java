package dev.lockdown.spec;

import dev.lockdown.spec.words.InputMistakes;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.state.InputException.Cell;
import dev.lockdown.state.InputException;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Wanted;
import io.cucumber.datatable.DataTable;
import java.util.ArrayList;
import java.util.List;

/// Reads a truth table: sources down, destinations across.
final class TruthTable {
    private final Resolver resolver;

    TruthTable(Resolver resolver) {
        this.resolver = resolver;
    }

    List<Question> questions(List<PortWord> words, DataTable table) {
        var cells = table.cells();
        if (cells.size() < 2 || cells.getFirst().size() < 2 || !StepTable.text(cells.getFirst().getFirst()).isEmpty())
            throw new InputException("a truth table has an empty first cell, destinations across and sources down");
        var questions = new ArrayList<Question>();
        var mistakes = new InputMistakes();
        for (int c = 1; c < cells.getFirst().size(); c++) {
            var to = StepTable.text(cells.getFirst().get(c));
            // The destination's ports are checked even where the cells ask nothing.
            mistakes.attempt(new Cell(0, c), () -> {
                for (var destination : resolver.endpoints(Peer.parse(to))) resolver.ports(destination, words);
            });
        }
        for (int r = 1; r < cells.size(); r++) {
            var from = StepTable.text(cells.get(r).getFirst());
            mistakes.attempt(new Cell(r, 0), () -> resolver.endpoints(Peer.parse(from)));
        }
        boolean known = mistakes.count() == 0;
        for (int r = 1; r < cells.size(); r++)
            for (int c = 1; c < cells.getFirst().size(); c++) {
                var label = new Question.Label(StepTable.text(cells.get(r).getFirst()), StepTable.text(cells.getFirst().get(c)));
                var cell = StepTable.text(cells.get(r).get(c));
                int line = CurrentStep.current().line(r);
                mistakes.attempt(new Cell(r, c), () -> {
                    var wanted = cell.equals("-") ? null : wanted(cell);
                    if (known && wanted != null) questions.addAll(questions(words, label, wanted, line));
                });
            }
        mistakes.requireNone();
        return questions;
    }

    private List<Question> questions(List<PortWord> words, Question.Label label, Wanted wanted, int line) {
        var questions = new ArrayList<Question>();
        for (var source : resolver.endpoints(Peer.parse(label.row())))
            for (var destination : resolver.endpoints(Peer.parse(label.column())))
                for (var probe : resolver.probes(source, destination, words, 0))
                    questions.add(Question.in(label, probe, wanted, line));
        return questions;
    }

    private static Wanted wanted(String cell) {
        return switch (cell) {
            case "open" -> Wanted.OPEN;
            case "blocked" -> Wanted.BLOCKED;
            case "mixed" -> Wanted.MIXED;
            default -> throw new InputException("a cell says \"%s\"; expected open, blocked, mixed or -".formatted(cell));
        };
    }
}

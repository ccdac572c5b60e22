package dev.lockdown.spec;

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
        for (int r = 1; r < cells.size(); r++)
            for (int c = 1; c < cells.getFirst().size(); c++) {
                var from = StepTable.text(cells.get(r).getFirst());
                var to = StepTable.text(cells.getFirst().get(c));
                var cell = StepTable.text(cells.get(r).get(c));
                // The destination's ports are checked even where the cell asks nothing.
                for (var destination : resolver.endpoints(Peer.parse(to))) resolver.ports(destination, words);
                if (!cell.equals("-")) cell(words, from, to, wanted(cell), CurrentStep.current().line(r), questions);
            }
        return questions;
    }

    private void cell(List<PortWord> words, String from, String to, Wanted wanted, int line, List<Question> questions) {
        for (var source : resolver.endpoints(Peer.parse(from)))
            for (var destination : resolver.endpoints(Peer.parse(to)))
                for (var probe : resolver.probes(source, destination, words, 0))
                    questions.add(Question.in(new Question.Label(from, to), probe, wanted, line));
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

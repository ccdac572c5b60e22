package dev.lockdown.check;

import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.check.FeatureLines.Stretch;
import dev.lockdown.spec.GlueSteps.Below;
import dev.lockdown.spec.GlueSteps;
import dev.lockdown.state.InputException;
import io.cucumber.cucumberexpressions.Argument;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds where in a feature a step's mistake stands: the argument, the cell of its table, the line of its text.
public final class StepPlaces {
    private final FeatureTree tree;
    private final FeatureLines lines;
    private final Step written;
    private final PickleStep step;
    private final GlueSteps.Match match;
    private final int line;

    StepPlaces(FeatureTree tree, Step written, PickleStep step, GlueSteps.Match match) {
        this.tree = tree;
        this.lines = tree.lines();
        this.written = written;
        this.step = step;
        this.match = match;
        this.line = Math.toIntExact(written.getLocation().getLine());
    }

    /// What a step lacks below it, or has there in vain; null if it fits.
    @Nullable Mistake misfitBelow() {
        var wanted = match.definition().below();
        var found = step.getArgument().map(a -> a.getDataTable().isPresent() ? Below.TABLE : Below.TEXT).orElse(Below.NOTHING);
        if (wanted == found) return null;
        var example = match.definition().example().lines().skip(1).collect(Collectors.joining("\n")).stripIndent().lines().toList();
        return switch (wanted) {
            case TABLE -> lines.wrong(line, text(), "this step needs a table below it", example(example));
            case TEXT -> lines.wrong(line, text(), "this step needs a text below it, between two lines of \"\"\"", example(example));
            case NOTHING -> lines.wrong(tree.below(written).getFirst(), lines.whole(tree.below(written).getFirst()),
                "the step above takes nothing below it", List.of("remove it, or see `./lockdown steps` for the step that is meant"));
        };
    }

    private static List<String> example(List<String> example) {
        var advice = new ArrayList<String>();
        advice.add("such as");
        example.forEach(l -> advice.add("  " + l));
        return advice;
    }

    /// The step's text without its keyword.
    private Stretch text() {
        return lines.find(line, written.getText(), indent(line));
    }

    private int indent(int line) {
        var source = lines.line(line);
        return source.length() - source.stripLeading().length();
    }

    /// A mistake in an argument's own text.
    Mistake of(InputException e, Argument<?> argument, Pickle pickle) {
        var text = step.getText();
        var group = argument.getGroup();
        var about = e.about().orElse("");
        int start = Math.max(0, group.getStart());
        int within = about.isEmpty() ? -1 : text.indexOf(about, start);
        if (within >= start && within + about.length() <= group.getEnd()) return at(within, within + about.length(), e, pickle);
        return at(start, group.getEnd(), e, pickle);
    }

    /// A mistake that was found when the step was done.
    Mistake of(InputException e, Pickle pickle) {
        if (e.cell().isPresent()) return inTable(e.cell().get(), e, pickle);
        var about = e.about().orElse("");
        var text = step.getText();
        int at = about.isEmpty() ? -1 : text.indexOf(about);
        if (at >= 0) return at(at, at + about.length(), e, pickle);
        // A policy's name, to which the step's namespace was added.
        var name = about.substring(about.indexOf('/') + 1);
        int own = name.isEmpty() ? -1 : text.indexOf("\"" + name + "\"");
        if (own >= 0) return at(own + 1, own + 1 + name.length(), e, pickle);
        if (!about.isEmpty())
            for (var row : tree.below(written)) {
                var cell = cell(row, about);
                if (cell != null) return wrong(row, cell, e, pickle);
            }
        if (!about.isEmpty() && !isArgument(about)) {
            var elsewhere = earlier(about, e, pickle);
            if (elsewhere != null) return elsewhere;
        }
        return wrong(line, text(), e, pickle);
    }

    private boolean isArgument(String about) {
        return match.arguments().stream().anyMatch(a -> String.valueOf(a.getGroup().getValue()).contains(about));
    }

    /// A step that begins the trial is told what does not fit in the tables above it.
    private @Nullable Mistake earlier(String about, InputException e, Pickle pickle) {
        for (var other : pickle.getSteps()) {
            if (other == step) return null;
            for (var row : tree.below(tree.step(other))) {
                var cell = cell(row, about);
                if (cell != null) return wrong(row, cell, e, pickle);
            }
        }
        return null;
    }

    private @Nullable Stretch cell(int row, String about) {
        for (var cell : lines.cells(row)) {
            var text = lines.line(row).substring(cell.start(), cell.end()).replace("\"", "");
            if (text.equals(about)) return cell;
        }
        return null;
    }

    private Mistake inTable(InputException.Cell cell, InputException e, Pickle pickle) {
        var rows = tree.stepLines(written);
        int row = rows.row(cell.row());
        if (cell.column() >= 0) return wrong(row, lines.cell(row, cell.column()), e, pickle);
        var about = e.about().orElse("");
        for (var stretch : lines.cells(row))
            if (!about.isEmpty() && lines.line(row).substring(stretch.start(), stretch.end()).replace("\"", "").contains(about))
                return wrong(row, stretch, e, pickle);
        // Not the row's: it is about the step's own words.
        int at = about.isEmpty() ? -1 : step.getText().indexOf(about);
        return at >= 0 ? at(at, at + about.length(), e, pickle) : wrong(row, lines.whole(row), e, pickle);
    }

    /// A stretch of the step's text, which in an outline is not that of the file.
    private Mistake at(int start, int end, InputException e, Pickle pickle) {
        var said = step.getText().substring(start, end);
        var own = text();
        if (written.getText().equals(step.getText())) return wrong(line, new Stretch(own.start() + start, own.start() + end), e, pickle);
        for (var value : tree.example(pickle).entrySet()) {
            var placeholder = "<" + value.getKey() + ">";
            if (!value.getValue().isEmpty() && said.contains(value.getValue()) && written.getText().contains(placeholder))
                return wrong(line, lines.find(line, placeholder, own.start()), e, pickle);
        }
        return wrong(line, lines.find(line, said, own.start()), e, pickle);
    }

    private Mistake wrong(int line, Stretch where, InputException e, Pickle pickle) {
        var words = String.valueOf(e.getMessage()).lines().map(String::strip).toList();
        var advice = new ArrayList<>(words.subList(1, words.size()));
        var examples = tree.example(pickle);
        if (!examples.isEmpty() && (lines.line(line).contains("<")))
            advice.add("in the example of line %s: %s".formatted(tree.line(pickle), examples));
        return lines.wrong(line, where, words.getFirst(), advice);
    }

    /// A mistake in a text below the step, or in a file that it names.
    Mistake of(ManifestException e) {
        var at = e.position();
        var advice = e.advice().lines().map(String::strip).toList();
        if (at.file().equals(lines.file()) && at.line() > 0) {
            int start = lines.line(at.line()).offsetByCodePoints(0, Math.min(at.column() - 1, lines.line(at.line()).length()));
            return lines.wrong(at.line(), new Stretch(start, wordEnd(lines.line(at.line()), start)), e.problem(), advice);
        }
        if (at.line() == 0)
            return lines.wrong(line, text(), "%s: %s".formatted(at, e.problem()), advice);
        var foreign = new FeatureLines(at.file(), read(at.file()));
        var with = new ArrayList<>(advice);
        with.add("used at %s:%s".formatted(lines.file(), line));
        int start = Math.clamp(at.column() - 1, 0, foreign.line(at.line()).length());
        return foreign.wrong(at.line(), new Stretch(start, wordEnd(foreign.line(at.line()), start)), e.problem(), with);
    }

    private static int wordEnd(String source, int start) {
        int end = start;
        if (end < source.length() && "\"'".indexOf(source.charAt(end)) >= 0) {
            int close = source.indexOf(source.charAt(end), end + 1);
            return close < 0 ? source.length() : close + 1;
        }
        while (end < source.length() && !Character.isWhitespace(source.charAt(end)) && ":,{}[]".indexOf(source.charAt(end)) < 0) end++;
        return Math.max(end, Math.min(start + 1, source.length()));
    }

    private static List<String> read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}

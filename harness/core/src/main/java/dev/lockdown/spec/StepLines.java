package dev.lockdown.spec;

import io.cucumber.plugin.event.DataTableArgument;
import io.cucumber.plugin.event.DocStringArgument;
import io.cucumber.plugin.event.PickleStepTestStep;
import java.util.List;

/// Where a step and what stands below it are in the feature.
///
/// @param argument the line of the table's header or of the text's delimiter; the step's own where it has neither
/// @param rows the lines of the table's rows where they are known one by one; else they follow each other
/// @param indent how many characters stand before the text in each of its lines
public record StepLines(int line, int argument, List<Integer> rows, int indent) {
    static final StepLines NONE = new StepLines(0, 0, List.of(), 0);

    /// Cucumber does not tell how far a text is indented: as far as its delimiter is.
    ///
    /// @param source the lines of the feature
    static StepLines of(PickleStepTestStep step, List<String> source) {
        int line = step.getStep().getLine();
        int argument = switch (step.getStep().getArgument()) {
            case DataTableArgument table -> table.getLine();
            case DocStringArgument text -> text.getLine();
            case null, default -> line;
        };
        boolean text = step.getStep().getArgument() instanceof DocStringArgument && argument <= source.size();
        return new StepLines(line, argument, List.of(), text ? indent(source.get(argument - 1)) : 0);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    public int row(int row) {
        return row < rows.size() ? rows.get(row) : argument + row;
    }
}

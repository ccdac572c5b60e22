package dev.lockdown.table;

import java.util.ArrayList;
import java.util.List;

/// A survey for spreadsheets and for pages of Markdown.
public final class SurveySheet {
    private static final String HEADER = "state,from,to,protocol,port,family,expected,observed,because";

    private SurveySheet() {}

    /// Give a line for each flow, after one with the names of the columns, as RFC 4180 has them.
    public static List<String> csv(List<Survey> surveys, boolean onlyDifferences) {
        var lines = new ArrayList<String>();
        lines.add(HEADER);
        for (var survey : surveys) {
            for (var line : survey.lines()) {
                if (onlyDifferences && !line.needsALook()) continue;
                var flow = line.flow();
                var answer = line.answer();
                lines.add(String.join(",", List.of(Integer.toString(survey.step() + 1), quoted(flow.source().toString()),
                    quoted(flow.destination().toString()), flow.port().protocol().toString(), Integer.toString(flow.port().number()),
                    flow.family().toString(), SurveyWords.expected(line.expectation()),
                    answer == null ? "" : SurveyWords.observed(answer.verdict()), quoted(line.expectation().because().getFirst()))));
            }
        }
        return lines;
    }

    /// A cell that begins like a formula would be taken for one.
    private static String quoted(String text) {
        var harmless = text.isEmpty() || "=+-@".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return harmless.matches("[^\",\\r\\n]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    /// Give a table for each port, rows and columns as in the text.
    public static List<String> markdown(Survey survey, Workloads workloads, boolean wide) {
        var lines = new ArrayList<String>();
        for (var matrix : Matrix.of(survey, Folding.of(survey, workloads, wide))) {
            lines.add("**%s**%s".formatted(matrix.slice(), survey.step() == 0 ? "" : ", state " + (survey.step() + 1)));
            lines.add("");
            lines.add("| from \\ to | " + String.join(" | ", matrix.columns().stream().map(c -> cell(c.label())).toList()) + " |");
            lines.add("|---|" + ":-:|".repeat(matrix.columns().size()));
            for (var row : matrix.rows())
                lines.add("| %s | %s |".formatted(cell(row.label()),
                    String.join(" | ", matrix.columns().stream().map(c -> matrix.symbol(row, c)).toList())));
            lines.add("");
        }
        lines.add(SurveyText.summary(survey));
        lines.add("");
        return lines;
    }

    /// What a change opens and shuts, as a list.
    public static List<String> markdown(List<Shift> shifts) {
        var lines = new ArrayList<String>();
        for (var shift : shifts) {
            lines.add("- **%s**: %s".formatted(shift.kind(), cell(ShiftText.sentence(shift))));
            shift.reasons().forEach(r -> lines.add("  - " + cell(r.toString())));
        }
        if (shifts.isEmpty()) lines.add("Nothing opened and nothing shut.");
        lines.add("");
        return lines;
    }

    private static String cell(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
    }
}

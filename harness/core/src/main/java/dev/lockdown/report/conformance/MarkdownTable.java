package dev.lockdown.report.conformance;

import dev.lockdown.verdict.Figures;
import java.util.Locale;

/// The table as Markdown, to be kept beside a release.
final class MarkdownTable {
    private final Conformance conformance;

    MarkdownTable(Conformance conformance) {
        this.conformance = conformance;
    }

    String text() {
        var text = new StringBuilder("# NetworkPolicy conformance\n\n");
        text.append("%s · Lockdown %s · seed %s · run %s\n\n".formatted(conformance.cluster(), conformance.version(), conformance.seed(),
            conformance.run()));
        text.append("| feature | scenarios | passed | failed | inconclusive | skipped | cells checked | time |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (var row : conformance.rows()) line(text, "%s (`%s`)".formatted(cell(row.name()), row.feature()), row);
        line(text, "**total**", conformance.total());
        if (!conformance.skipped().isEmpty()) {
            text.append("\n## Not tested\n\n");
            for (var skipped : conformance.skipped())
                text.append("- `%s` %s: %s\n".formatted(skipped.place(), skipped.name(), skipped.because()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Conformance.Row row) {
        text.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %s | %,d | %s |\n", name, row.scenarios(), row.passed(),
            row.failed(), row.inconclusive(), row.skipped(), row.cells(), Figures.duration(row.took())));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}

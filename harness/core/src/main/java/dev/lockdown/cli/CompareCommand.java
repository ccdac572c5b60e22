package dev.lockdown.cli;

import dev.lockdown.comparison.Comparer;
import dev.lockdown.comparison.Comparison;
import dev.lockdown.comparison.ComparisonJson;
import dev.lockdown.comparison.ComparisonText;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `./lockdown compare`: what behaves otherwise, flow by flow.
final class CompareCommand implements Command {
    private final ProcessContext context;

    CompareCommand(ProcessContext context) {
        this.context = context;
    }

    private enum Form {
        TEXT, MARKDOWN, JSON
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "compare",
            "Tell what behaves otherwise in one run than in another: verdicts, how something is blocked, fates, windows, speed. Exit status 1 where a verdict differs.")
            .addPositional(PositionalParamSpec.builder().paramLabel("BEFORE AFTER").hideParamSyntax(true).arity("2").type(List.class)
                .auxiliaryTypes(Path.class)
                .description("Two folders of runs, of nightlies, files of a history, or fingerprints (JSON).").build())
            .addOption(Options.option("--output", "FORM", Form.class, CompareCommand::form,
                "What standard output carries: text, markdown or json. Default: text"));
        spec.usageMessage().footer("", "Examples:", "  ./lockdown compare reports/20261127-020000 reports/20261128-020000",
            "  ./lockdown compare history/calico-3.29 history/calico-3.30 --output markdown");
        return spec;
    }

    private static Form form(String word) {
        return switch (word) {
            case "text" -> Form.TEXT;
            case "markdown" -> Form.MARKDOWN;
            case "json" -> Form.JSON;
            default -> throw new TypeConversionException("\"%s\" is no form; expected text, markdown or json".formatted(word));
        };
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        List<Path> paths = typed.matchedPositionalValue(0, List.of());
        var runs = new ComparedRuns(context.err()::println);
        var before = runs.in(paths.getFirst());
        var after = runs.in(paths.getLast());
        var comparisons = new LinkedHashMap<String, Comparison>();
        if (before.size() == 1 && after.size() == 1)
            comparisons.put("", Comparer.compare(before.values().iterator().next(), after.values().iterator().next()));
        else
            after.forEach((cell, run) -> {
                var then = before.get(cell);
                if (then != null) comparisons.put(cell, Comparer.compare(then, run));
            });
        requireSomething(paths, comparisons);
        print(typed.matchedOptionValue("--output", Form.TEXT), comparisons);
        context.out().flush();
        return comparisons.values().stream().anyMatch(Comparison::isOtherwise) ? ExitStatus.FAILED : ExitStatus.OK;
    }

    /// What has nothing in common is not alike.
    private static void requireSomething(List<Path> paths, Map<String, Comparison> comparisons) {
        if (comparisons.isEmpty())
            throw new InputException("%s and %s have no cell of the same name".formatted(paths.getFirst(), paths.getLast()));
        if (comparisons.values().stream().allMatch(c -> c.compared().isNothing()))
            throw new InputException("%s and %s have no scenario and no answer of a fingerprint in common".formatted(paths.getFirst(),
                paths.getLast()));
    }

    private void print(Form form, Map<String, Comparison> comparisons) throws IOException {
        if (form == Form.JSON) {
            JsonDocument.write(context.out(), json -> {
                json.writeArrayFieldStart("comparisons");
                for (var comparison : comparisons.entrySet()) {
                    json.writeStartObject();
                    if (!comparison.getKey().isEmpty()) json.writeStringField("cell", comparison.getKey());
                    new ComparisonJson(json).write(comparison.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
            return;
        }
        comparisons.forEach((cell, comparison) -> {
            var text = new ComparisonText(comparison);
            if (form == Form.MARKDOWN) context.out().println((cell.isEmpty() ? "" : "## %s\n\n".formatted(cell)) + text.markdown());
            else context.out().print((cell.isEmpty() ? "" : cell + "\n") + text.text());
        });
    }
}

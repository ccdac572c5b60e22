package dev.lockdown.cli;

import dev.lockdown.metrics.MetricsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// The kinds of things that commands are typed with, for [Command#spec].
final class Options {
    static final int DEFAULT_REPORTS = 20;
    private static final String METRICS = "--metrics";

    private Options() {}

    static CommandSpec command(Command command, String name, String description) {
        var help = OptionSpec.builder("-h", "--help").usageHelp(true).type(boolean.class).description("Show this help.").build();
        var spec = CommandSpec.wrapWithoutInspection(command).name(name).addOption(help);
        spec.usageMessage().description(description).abbreviateSynopsis(true).sortOptions(false).synopsisSubcommandLabel("COMMAND")
            .optionListHeading("%nOptions:%n").commandListHeading("%nCommands:%n");
        return spec;
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description).build();
    }

    static OptionSpec path(String name, String label, String description) {
        return option(name, label, Path.class, Path::of, description);
    }

    static OptionSpec text(String name, String label, String description) {
        return option(name, label, String.class, text -> text, description);
    }

    /// An option for a number of things, at least one.
    static OptionSpec count(String name, String description) {
        return option(name, "N", Integer.class, Options::count, description);
    }

    /// How many runs the folder of reports keeps; [#DEFAULT_REPORTS] where it is not typed.
    static OptionSpec keepReports() {
        return option("--keep-reports", "N", Integer.class, Options::reports,
            "Remove older runs from the folder of reports, all but N. Default: %s".formatted(DEFAULT_REPORTS));
    }

    static OptionSpec metrics() {
        return path(METRICS, "FILE.prom", "Leave what came of it as metrics (OpenMetrics), for node-exporter's textfile collector.");
    }

    /// @throws dev.lockdown.state.InputException if that file cannot be one of metrics
    static @Nullable MetricsFile metrics(ParseResult typed) {
        Path file = typed.matchedOptionValue(METRICS, (@Nullable Path) null);
        return file == null ? null : new MetricsFile(file);
    }

    private static int reports(String text) {
        long number = number(text);
        if (number < 1 || number > Integer.MAX_VALUE)
            throw new IllegalArgumentException("%s runs cannot be kept; at least 1, the newest".formatted(text));
        return (int) number;
    }

    /// `--output` of a command that prints one document.
    static OptionSpec textOrJson() {
        return option("--output", "text|json", Output.class, Output::textOrJson,
            "What standard output carries: text for people (the default) or one JSON document.");
    }

    static boolean asksForJson(ParseResult typed) {
        return typed.matchedOptionValue("--output", Output.TEXT) == Output.JSON;
    }

    /// @param read throws [IllegalArgumentException] with a message for the person who typed it
    static <T> OptionSpec option(String name, String label, Class<T> type, Function<String, T> read, String description) {
        var option = OptionSpec.builder(name).paramLabel(label).type(type).converters(converter(read)).description(description);
        return option.completionCandidates(candidates(label, type)).build();
    }

    /// An option that may be typed several times, or with commas.
    static <T> OptionSpec list(String name, String label, Class<T> type, Function<String, T> read, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(List.class).auxiliaryTypes(type).splitRegex(",").converters(converter(read))
            .description(description).build();
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> read) {
        return text -> {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    /// What a shell completes: the alternatives of a label, or an enum's, as they are typed.
    private static @Nullable List<String> candidates(String label, Class<?> type) {
        if (label.matches("[a-z0-9]+(\\|[a-z0-9]+)+")) return List.of(label.split("\\|"));
        var constants = type.getEnumConstants();
        return constants == null ? null : Stream.of(constants).map(c -> c.toString().toLowerCase(Locale.ROOT)).toList();
    }

    /// An option whose value may be left out.
    ///
    /// @param without what is read then
    static <T> OptionSpec optional(String name, String label, Class<T> type, Function<String, T> read, String without, String description) {
        return option(name, label, type, read, description).toBuilder().arity("0..1").fallbackValue(without).build();
    }

    /// A number that may be negative.
    static long number(String text) {
        if (!text.matches("-?[0-9]{1,18}")) throw new IllegalArgumentException("\"%s\" is not a number".formatted(text));
        return Long.parseLong(text);
    }

    private static int count(String text) {
        long number = number(text);
        if (number < 1 || number > Integer.MAX_VALUE)
            throw new IllegalArgumentException("%s is not a number of times; at least 1".formatted(text));
        return (int) number;
    }

    static ParameterException wrong(ParseResult typed, String message) {
        return new ParameterException(typed.commandSpec().commandLine(), message);
    }
}

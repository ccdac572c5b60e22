package dev.lockdown.cli;

import dev.lockdown.cluster.Polling;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.check.FeatureFileUse;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown watch`: runs again what a saved file touches, in the same process, which is warm.
final class WatchCommand implements Command {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final ProcessContext context;
    private final Map<String, String> environment;

    WatchCommand(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(this, "watch",
            "Run features, and run them again whenever they or a manifest that they name are saved. Ctrl-C ends it.")
            .addPositional(PositionalParamSpec.builder().paramLabel("FEATURE|DIR").arity("1..*").type(List.class)
                .auxiliaryTypes(Path.class).description("What to watch.").build())
            .addOption(Options.path("--report", "DIR", "Where the runs' folders are made, as `run` does."));
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        List<Path> named = typed.matchedPositionalValue(0, List.of());
        for (var path : named)
            if (!Files.exists(path)) throw new InputException("there is no feature or folder \"%s\" to watch".formatted(path));
        Path reports = typed.matchedOptionValue("--report", RunCommand.reports(context, named.stream().map(Path::toString).toList()));
        var options = List.of("--report", reports.toString());
        var saved = new SavedFiles(watched(named));
        run(features(named), options);
        while (true) {
            context.err().println("watching; save a file to run it again, Ctrl-C to end");
            context.err().flush();
            run(touched(named, next(named, saved)), options);
        }
    }

    private void run(Set<Path> features, List<String> options) {
        if (features.isEmpty()) return;
        var arguments = new ArrayList<>(List.of("run"));
        features.forEach(feature -> arguments.add(feature.toString()));
        arguments.addAll(options);
        new CommandTree(context, environment).run(arguments);
    }

    private static Set<Path> next(List<Path> named, SavedFiles saved) {
        return new Polling(PAUSE).until(FOR_EVER, () -> saved.settled(watched(named)), settled -> !settled.isEmpty()).value();
    }

    /// The features that a change bears on.
    private static Set<Path> touched(List<Path> named, Set<Path> changed) {
        var touched = new LinkedHashSet<Path>();
        for (var feature : features(named))
            if (FeatureFileUse.of(feature).stream().anyMatch(used -> changed.stream().anyMatch(file -> file.startsWith(used))))
                touched.add(feature);
        return touched;
    }

    /// Not the folders themselves: reports may be in them.
    private static Set<Path> watched(List<Path> named) {
        var watched = new TreeSet<Path>();
        for (var feature : features(named)) watched.addAll(FeatureFileUse.of(feature));
        return watched;
    }

    private static Set<Path> features(List<Path> named) {
        var features = new TreeSet<Path>();
        for (var path : named) {
            if (Files.isDirectory(path)) features.addAll(within(path));
            else if (Files.exists(path)) features.add(path);
        }
        return features;
    }

    private static List<Path> within(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".feature")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder %s cannot be read".formatted(folder), e);
        }
    }
}

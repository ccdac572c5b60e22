package dev.lockdown.spec;

import dev.lockdown.state.InputException;
import io.cucumber.core.feature.FeatureParser;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.filter.Filters;
import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.options.RuntimeOptions;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.FeaturePathFeatureSupplier;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// What of the specification is to be run: features, folders, lines and tags as they are typed.
final class FeatureSelection {
    private final RuntimeOptions options;
    private final List<Feature> features;
    private final List<Pickle> pickles;

    private FeatureSelection(RuntimeOptions options, List<Feature> features, List<Pickle> pickles) {
        this.options = options;
        this.features = features;
        this.pickles = pickles;
    }

    RuntimeOptions options() {
        return options;
    }

    List<Feature> features() {
        return features;
    }

    /// The scenarios that run, outlines unfolded.
    List<Pickle> pickles() {
        return pickles;
    }

    /// @param words `FEATURE[:LINE]`, `DIR`, `@TAG` or a tag expression in quotes; tags of several words are joined by or
    /// @throws InputException if one does not exist, cannot be parsed, or nothing is selected
    static FeatureSelection of(List<String> words, int threads, List<String> plugins) {
        var builder = new RuntimeOptionsBuilder().addGlue(URI.create("classpath:/dev/lockdown/spec")).setThreads(threads).setNoSummary()
            .setPublishQuiet(true).setMonochrome();
        plugins.forEach(builder::addPluginName);
        var tags = new ArrayList<String>();
        int paths = 0;
        for (var word : words) {
            if (word.startsWith("@") || word.startsWith("not @") || word.startsWith("(")) tags.add("(" + word + ")");
            else {
                builder.addFeature(feature(word));
                paths++;
            }
        }
        if (paths == 0) builder.addFeature(feature("features"));
        if (!tags.isEmpty()) builder.addTagFilter(tags(String.join(" or ", tags)));
        var options = builder.build();
        var features = parse(options);
        var filter = new Filters(options);
        var pickles = features.stream().flatMap(f -> f.getPickles().stream()).filter(filter).toList();
        for (var word : words) requireLines(word, features);
        if (pickles.isEmpty()) throw nothing(words, features);
        return new FeatureSelection(options, features, pickles);
    }

    /// A line at which nothing stands must not hide behind others that select something.
    private static void requireLines(String word, List<Feature> features) {
        if (!word.matches(".*:[0-9]+")) return;
        var path = word.replaceAll("(:[0-9]+)+$", "");
        for (var line : word.substring(path.length() + 1).split(":")) {
            var one = FeatureWithLines.parse(path + ":" + line);
            var filter = new Filters(new RuntimeOptionsBuilder().addFeature(one).build());
            var there = features.stream().flatMap(f -> f.getPickles().stream()).filter(p -> p.getUri().equals(one.uri())).toList();
            if (there.stream().noneMatch(filter))
                throw new InputException("%s has no scenario at line %s; its scenarios are at the lines %s".formatted(path, line,
                    there.stream().map(p -> String.valueOf(p.getLocation().getLine())).distinct().collect(Collectors.joining(", "))));
        }
    }

    private static FeatureWithLines feature(String word) {
        var path = word.replaceAll("(:[0-9]+)+$", "");
        if (!Files.exists(Path.of(path))) throw new InputException("""
            there is no feature or folder "%s" here (%s)
              expected: FEATURE[:LINE], a folder, or a @tag""".formatted(path, Path.of("").toAbsolutePath()));
        return FeatureWithLines.parse(word);
    }

    private static Expression tags(String expression) {
        try {
            return TagExpressionParser.parse(expression);
        } catch (TagExpressionException e) {
            throw new InputException(
                "%s\n  expected a tag such as @dns, or an expression such as \"@dns and not @ipv6\"".formatted(e.getMessage()));
        }
    }

    private static List<Feature> parse(RuntimeOptions options) {
        try {
            return new FeaturePathFeatureSupplier(FeatureSelection.class::getClassLoader, options, new FeatureParser(UUID::randomUUID))
                .get();
        } catch (RuntimeException e) {
            throw new InputException(GherkinProblem.of(e));
        }
    }

    private static InputException nothing(List<String> words, List<Feature> features) {
        var tags = features.stream().flatMap(f -> f.getPickles().stream()).flatMap(p -> p.getTags().stream()).distinct().sorted().toList();
        return new InputException(
            "nothing is selected by %s; the features there have %s".formatted(words.isEmpty() ? "features" : String.join(" ", words),
                tags.isEmpty() ? "no scenario with a tag" : "the tags " + String.join(", ", tags)));
    }
}

package dev.lockdown.spec.selection;

import dev.lockdown.spec.selection.FeatureOutline.Unplayable;
import dev.lockdown.state.InputException;
import io.cucumber.core.feature.FeatureParser;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.options.RuntimeOptions;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.FeaturePathFeatureSupplier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// What of the specification is to be run: features, folders, lines and tags as they are typed.
public final class FeatureSelection {
    private final RuntimeOptions options;
    private final List<Feature> features;
    private final List<Pickle> pickles;
    private final List<Unplayable> unplayable;

    private FeatureSelection(RuntimeOptions options, List<Feature> features, List<Pickle> pickles, List<Unplayable> unplayable) {
        this.options = options;
        this.features = features;
        this.pickles = pickles;
        this.unplayable = unplayable;
    }

    /// Cucumber's, by which exactly the scenarios run that are selected.
    public RuntimeOptions options() {
        return options;
    }

    public List<Feature> features() {
        return features;
    }

    /// The scenarios that run, outlines unfolded.
    public List<Pickle> pickles() {
        return pickles;
    }

    /// What is selected and has nothing to run.
    public List<Unplayable> unplayable() {
        return unplayable;
    }

    /// @param words `FEATURE[:LINE]`, `DIR`, `@TAG` or a tag expression in quotes; tags of several words are joined by or
    /// @throws InputException if one does not exist, cannot be parsed, or selects nothing
    public static FeatureSelection of(List<String> words, int threads, List<String> plugins) {
        var tags = new TagChoice(words.stream().filter(TagChoice::isTag).toList());
        var typed = words.stream().filter(w -> !TagChoice.isTag(w)).toList();
        var places = (typed.isEmpty() ? List.of("features") : typed).stream().map(TypedPlace::parse).toList();
        var parsed = parse(places);
        var outlines = new LinkedHashMap<URI, FeatureOutline>();
        parsed.forEach(f -> outlines.put(f.getUri(), FeatureOutline.of(f)));
        places.forEach(p -> p.requireLines(outlines));
        var chosen = parsed.stream().flatMap(f -> f.getPickles().stream())
            .filter(p -> TypedPlace.anySelects(places, p.getUri(), p.getLocation().getLine(), outlines)).toList();
        var empty = outlines.entrySet().stream().flatMap(o -> o.getValue().unplayable().stream()
            .filter(u -> TypedPlace.anySelects(places, o.getKey(), u.line(), outlines))).toList();
        tags.require(Stream.concat(chosen.stream().map(Pickle::getTags), empty.stream().map(Unplayable::tags)).toList(),
            typed.isEmpty() ? List.of("features") : typed);
        return of(parsed, chosen.stream().filter(p -> tags.fits(p.getTags())).toList(),
            empty.stream().filter(u -> tags.fits(u.tags())).toList(), threads, plugins);
    }

    private static FeatureSelection of(List<Feature> parsed, List<Pickle> pickles, List<Unplayable> unplayable, int threads,
            List<String> plugins) {
        var lines = new LinkedHashMap<URI, List<Integer>>();
        pickles.forEach(p -> lines.computeIfAbsent(p.getUri(), _ -> new ArrayList<>()).add(p.getLocation().getLine()));
        return new FeatureSelection(options(lines, threads, plugins),
            parsed.stream().filter(f -> lines.containsKey(f.getUri())).toList(), pickles, unplayable);
    }

    private static RuntimeOptions options(Map<URI, List<Integer>> lines, int threads, List<String> plugins) {
        var builder = new RuntimeOptionsBuilder().addGlue(URI.create("classpath:/dev/lockdown/spec")).setThreads(threads).setNoSummary()
            .setPublishQuiet(true).setMonochrome();
        plugins.forEach(builder::addPluginName);
        lines.forEach((feature, own) -> builder.addFeature(FeatureWithLines.create(feature, own)));
        return builder.build();
    }

    private static List<Feature> parse(List<TypedPlace> places) {
        var builder = new RuntimeOptionsBuilder();
        for (var place : places) {
            if (!Files.exists(Path.of(place.path()))) throw new InputException("""
                there is no feature or folder "%s" here (%s)
                  expected: FEATURE[:LINE], a folder, or a @tag""".formatted(place.path(), Path.of("").toAbsolutePath()));
            place.requireFeature();
            // Cucumber complains of what it meets twice.
            if (places.stream().noneMatch(p -> p.contains(place))) builder.addFeature(FeatureWithLines.parse(place.path()));
        }
        try {
            return new FeaturePathFeatureSupplier(FeatureSelection.class::getClassLoader, builder.build(),
                new FeatureParser(UUID::randomUUID)).get();
        } catch (RuntimeException e) {
            throw new InputException(GherkinProblem.of(e));
        }
    }
}

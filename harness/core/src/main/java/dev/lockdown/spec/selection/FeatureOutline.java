package dev.lockdown.spec.selection;

import io.cucumber.core.gherkin.Feature;
import io.cucumber.messages.types.Comment;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.Rule;
import io.cucumber.messages.types.RuleChild;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.TableRow;
import io.cucumber.messages.types.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What stands at which line of a feature, and what in it has nothing to run.
///
/// A scenario is known by the line of its keyword, an example by that of its row.
public final class FeatureOutline {
    private final String feature;
    private final String name;
    private final int lines;
    private final Set<Integer> comments;
    /// What a line selects, by the first line of each part; a part reaches to the next.
    private final TreeMap<Integer, Set<Integer>> parts = new TreeMap<>();
    private final List<Unplayable> unplayable = new ArrayList<>();

    private FeatureOutline(String feature, int lines, GherkinDocument document) {
        this.feature = feature;
        this.lines = lines;
        this.name = document.getFeature().map(io.cucumber.messages.types.Feature::getName).orElse(feature);
        this.comments = document.getComments().stream().map(Comment::getLocation).map(FeatureOutline::line)
            .collect(Collectors.toUnmodifiableSet());
        document.getFeature().ifPresent(this::add);
    }

    static FeatureOutline of(Feature feature) {
        for (var event : feature.getParseEvents())
            if (event instanceof Envelope envelope && envelope.getGherkinDocument().isPresent())
                return new FeatureOutline(FeaturePaths.of(feature.getUri()), (int) feature.getSource().lines().count(),
                    envelope.getGherkinDocument().get());
        throw new IllegalStateException("Cucumber parsed %s into no document".formatted(feature.getUri()));
    }

    /// A part of a feature in which nothing is left to run.
    ///
    /// @param tags its own and those that it inherits
    /// @param problem what it lacks
    public record Unplayable(String feature, String featureName, int line, String name, List<String> tags, String problem) {}

    List<Unplayable> unplayable() {
        return unplayable;
    }

    /// The lines of the scenarios, examples and unplayable parts to which a line belongs; none if it is not in the file.
    Set<Integer> at(int line) {
        var part = line < 1 || line > lines ? null : parts.floorEntry(line);
        return part == null ? Set.of() : part.getValue();
    }

    private void add(io.cucumber.messages.types.Feature tree) {
        var all = part(1);
        var tags = names(tree.getTags());
        for (var child : tree.getChildren()) all.addAll(add(child, tags, all));
        if (all.isEmpty()) all.add(lacks(tree.getLocation(), tree.getName(), tags, "feature has no scenario"));
    }

    private Set<Integer> add(FeatureChild child, List<String> tags, Set<Integer> all) {
        child.getBackground().ifPresent(b -> parts.put(line(b.getLocation()), all));
        if (child.getRule().isPresent()) return add(child.getRule().get(), tags);
        return child.getScenario().map(s -> add(s, tags)).orElse(Set.of());
    }

    private Set<Integer> add(Rule rule, List<String> inherited) {
        var all = part(start(rule.getLocation(), rule.getTags()));
        var tags = both(inherited, rule.getTags());
        for (var child : rule.getChildren()) all.addAll(add(child, tags, all));
        if (all.isEmpty()) all.add(lacks(rule.getLocation(), rule.getName(), tags, "rule has no scenario"));
        return all;
    }

    private Set<Integer> add(RuleChild child, List<String> tags, Set<Integer> all) {
        child.getBackground().ifPresent(b -> parts.put(line(b.getLocation()), all));
        return child.getScenario().map(s -> add(s, tags)).orElse(Set.of());
    }

    private Set<Integer> add(Scenario scenario, List<String> inherited) {
        var all = part(start(scenario.getLocation(), scenario.getTags()));
        for (var examples : scenario.getExamples()) all.addAll(add(examples, all));
        if (all.isEmpty())
            all.add(scenario.getExamples().isEmpty() ? line(scenario.getLocation())
                : lacks(scenario.getLocation(), scenario.getName(), both(inherited, scenario.getTags()),
                    "scenario outline has no example"));
        return all;
    }

    private Set<Integer> add(Examples examples, Set<Integer> ofOutline) {
        int start = start(examples.getLocation(), examples.getTags());
        if (examples.getTableBody().isEmpty()) parts.put(start, ofOutline);
        var all = part(start);
        for (var row : examples.getTableBody()) all.add(add(row));
        return Set.copyOf(all);
    }

    private int add(TableRow row) {
        int line = line(row.getLocation());
        part(line).add(line);
        return line;
    }

    private Set<Integer> part(int from) {
        return parts.computeIfAbsent(from, _ -> new TreeSet<>());
    }

    /// The first of its tags, if it has any, or of the comments right above it.
    private int start(Location keyword, List<Tag> tags) {
        int start = tags.stream().map(Tag::getLocation).mapToInt(FeatureOutline::line).min().orElse(line(keyword));
        while (comments.contains(start - 1)) start--;
        return start;
    }

    private int lacks(Location at, String part, List<String> tags, String what) {
        unplayable.add(new Unplayable(feature, name, line(at), part, tags, "this %s; nothing was judged".formatted(what)));
        return line(at);
    }

    private static int line(Location location) {
        return Math.toIntExact(location.getLine());
    }

    private static List<String> names(List<Tag> tags) {
        return tags.stream().map(Tag::getName).toList();
    }

    private static List<String> both(List<String> inherited, List<Tag> own) {
        return Stream.concat(inherited.stream(), names(own).stream()).distinct().toList();
    }
}

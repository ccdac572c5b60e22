package dev.lockdown.suite;

import dev.lockdown.check.CheckText;
import dev.lockdown.check.FeatureCheck.Scenario;
import dev.lockdown.check.FeaturesCheck;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.cluster.CniNames;
import dev.lockdown.spec.selection.FeaturePaths;
import dev.lockdown.spec.selection.TagChoice;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The scenarios that a suite is going to run.
///
/// @param discovered their lines, by feature
/// @param tags the expression of `cucumber.filter.tags`, or an empty text
/// @param name the pattern of `cucumber.filter.name`, or an empty text
/// @param parallel whether they run at the same time
record SelectedScenarios(SortedMap<URI, SortedSet<Integer>> discovered, String tags, String name, boolean parallel) {

    /// What is left when Cucumber has left out what it filters, and what is wrong with it.
    ///
    /// @param lines of the scenarios that run, by the path of their feature
    /// @param mistakes told as `run` tells them, or an empty text
    record Checked(Map<String, List<Integer>> lines, String mistakes) {}

    /// Check as `run` does before it starts anything. What lies in a jar is not looked at.
    Checked checked(boolean nodesAreKnown, Supplier<CniNames> cniNames) {
        var words = words(places());
        if (words.isEmpty()) return new Checked(places(), "");
        var check = FeaturesCheck.of(words, nodesAreKnown, cniNames);
        var lines = places(check.scenarios().stream().filter(this::runs).toList());
        if (!tags.isEmpty() || !name.isEmpty()) {
            if (lines.isEmpty()) return new Checked(lines, "");
            check = FeaturesCheck.of(words(lines), nodesAreKnown, cniNames);
        }
        return new Checked(lines, CheckText.refusal(check.mistakes(Grade.WRONG)));
    }

    private boolean runs(Scenario scenario) {
        return (tags.isEmpty() || new TagChoice(List.of(tags)).fits(scenario.tags()))
            && (name.isEmpty() || Pattern.compile(name).matcher(scenario.name()).find());
    }

    private Map<String, List<Integer>> places() {
        var places = new LinkedHashMap<String, List<Integer>>();
        discovered.forEach((feature, lines) -> places.put(FeaturePaths.of(feature), List.copyOf(lines)));
        return places;
    }

    private static Map<String, List<Integer>> places(List<Scenario> scenarios) {
        var places = new LinkedHashMap<String, List<Integer>>();
        for (var scenario : scenarios) {
            int colon = scenario.place().lastIndexOf(':');
            places.computeIfAbsent(scenario.place().substring(0, colon), _ -> new ArrayList<>())
                .add(Integer.valueOf(scenario.place().substring(colon + 1)));
        }
        return places;
    }

    /// As they are typed: `FEATURE:LINE:LINE`.
    private static List<String> words(Map<String, List<Integer>> places) {
        return places.entrySet().stream().filter(p -> Files.exists(Path.of(p.getKey())))
            .map(p -> p.getKey() + p.getValue().stream().map(l -> ":" + l).collect(Collectors.joining())).toList();
    }
}

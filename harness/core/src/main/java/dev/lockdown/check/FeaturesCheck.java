package dev.lockdown.check;

import dev.lockdown.cluster.CniNames;
import dev.lockdown.check.FeatureCheck;
import dev.lockdown.check.FeatureCheck.Checked;
import dev.lockdown.check.FeatureCheck.Scenario;
import dev.lockdown.check.Mistake;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.spec.Specification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

/// All features of a selection, checked.
///
/// @param features in the order in which they would run
public record FeaturesCheck(List<Checked> features) {
    public FeaturesCheck {
        features = List.copyOf(features);
    }

    /// Check what a run of the same words would run.
    ///
    /// @param words `FEATURE[:LINE]`, `DIR`, `@TAG`, as `run` takes them
    /// @param nodesAreKnown whether the cluster's nodes are called `node-1` and so on; else any name may be one
    /// @throws dev.lockdown.state.InputException if they name nothing
    public static FeaturesCheck of(List<String> words, boolean nodesAreKnown) {
        return of(words, nodesAreKnown, () -> CniNames.UNKNOWN);
    }

    /// The same, knowing the network plugins that can be had by name.
    public static FeaturesCheck of(List<String> words, boolean nodesAreKnown, Supplier<CniNames> cniNames) {
        var check = new FeatureCheck(nodesAreKnown, cniNames);
        var files = FeatureCheck.files(words);
        if (!FeatureCheck.narrows(words)) return new FeaturesCheck(files.parallelStream().map(check::whole).toList());
        // Of a file that Gherkin cannot read, nobody can say what is selected.
        var whole = files.stream().map(f -> check.of(f, _ -> false)).toList();
        if (whole.stream().anyMatch(c -> c.mistakes().stream().anyMatch(m -> m.grade() == Grade.WRONG)))
            return new FeaturesCheck(files.parallelStream().map(check::whole).toList());
        var selected = new HashSet<>(Specification.places(words));
        return new FeaturesCheck(
            files.parallelStream().map(f -> check.of(f, selected::contains)).filter(c -> !c.scenarios().isEmpty()).toList());
    }

    public List<Mistake> mistakes() {
        var all = new ArrayList<Mistake>();
        features.forEach(f -> all.addAll(f.mistakes()));
        return all;
    }

    public List<Mistake> mistakes(Grade grade) {
        return mistakes().stream().filter(m -> m.grade() == grade).toList();
    }

    public List<Scenario> scenarios() {
        return features.stream().flatMap(f -> f.scenarios().stream()).toList();
    }
}

package dev.lockdown.report.html;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.FeatureRun;
import dev.lockdown.verdict.Figures;
import java.util.List;

/// @param mark of the worst of its scenarios
/// @param passed such as `4 of 5 passed`
record FeatureCard(String anchor, Mark mark, String path, String name, String passed, String took, List<ScenarioCard> scenarios) {
    static FeatureCard of(FeatureRun feature) {
        var counts = feature.counts();
        return new FeatureCard(Anchors.feature(feature.path()), Mark.of(worst(feature)), feature.path(),
            feature.name(), "%s of %s passed".formatted(counts.of(Status.PASSED), feature.scenarios().size()),
            Figures.duration(feature.took()), feature.scenarios().stream().map(ScenarioCard::of).toList());
    }

    private static Status worst(FeatureRun feature) {
        return feature.scenarios().stream().map(s -> s.status() == Status.SKIPPED ? Status.PASSED : s.status()).sorted().findFirst()
            .orElse(Status.PASSED);
    }

    public int count() {
        return scenarios.size();
    }
}

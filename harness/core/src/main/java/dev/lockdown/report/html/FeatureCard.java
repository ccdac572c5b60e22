package dev.lockdown.report.html;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.FeatureRun;
import dev.lockdown.verdict.Figures;
import java.util.List;

/// @param passed such as `4 of 5 passed`
record FeatureCard(String path, String name, String passed, String took, List<ScenarioCard> scenarios) {
    static FeatureCard of(FeatureRun feature) {
        return new FeatureCard(feature.path(), feature.name(),
            "%d of %d passed".formatted(feature.counts().of(Status.PASSED), feature.scenarios().size()), Figures.duration(feature.took()),
            feature.scenarios().stream().map(ScenarioCard::of).toList());
    }
}

package dev.lockdown.nightly.page;

import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.report.html.Anchors;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where what a cell left is found, seen from the night's page.
///
/// @param report its `report.html`; empty where there is none
/// @param output what it printed; empty where it printed nothing
record CellLinks(String report, String output) {

    static CellLinks of(CellOutcome outcome, NightFolder night) {
        var run = outcome.folder();
        return new CellLinks(run == null ? "" : link(Path.of(run).resolve("report.html"), night),
            link(night.output(outcome.cell()), night));
    }

    private static String link(Path file, NightFolder night) {
        if (!Files.exists(file)) return "";
        var path = night.path().toAbsolutePath().normalize().relativize(file.toAbsolutePath().normalize()).toString();
        try {
            return new URI(null, null, path, null).getRawPath();
        } catch (URISyntaxException _) {
            // A colon in the first name would make it a scheme.
            return "";
        }
    }

    /// Where the evidence for a scenario stands: of the worst of the times that it was run.
    String of(ScenarioDigest scenario) {
        if (report.isEmpty()) return "";
        int worst = scenario.statuses().indexOf(scenario.worst());
        return "%s#%s".formatted(report, Anchors.scenario(scenario.feature(), scenario.line(), worst + 1));
    }

    String of(String feature) {
        return report.isEmpty() ? "" : "%s#%s".formatted(report, Anchors.feature(feature));
    }
}

package dev.lockdown.report.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A run of the conformance set as a `ConformanceReport`, kubernetes-sigs/network-policy-api's form for such results
/// (`policy.networking.k8s.io/v1alpha1`). That project has no profile for `networking.k8s.io/v1`; the one here is called after its only
/// resource.
final class ConformanceReportYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR).build();

    private ConformanceReportYaml() {}

    static String text(Run run) {
        var started = run.started();
        var report = new LinkedHashMap<String, Object>();
        report.put("apiVersion", "policy.networking.k8s.io/v1alpha1");
        report.put("kind", "ConformanceReport");
        report.put("date", (started == null ? Instant.EPOCH : started.at()).truncatedTo(ChronoUnit.SECONDS).toString());
        // None of that API's resources is in it.
        report.put("networkPolicyV2APIVersion", "");
        report.put("implementation", implementation(run));
        report.put("profiles", List.of(profile(run)));
        try {
            return YAML.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts can be written", e);
        }
    }

    /// What is not known of it is left for whoever hands the report in.
    private static Map<String, Object> implementation(Run run) {
        var plugin = run.plugins().isEmpty() ? null : run.plugins().getFirst();
        var implementation = new LinkedHashMap<String, Object>();
        implementation.put("organization", "");
        implementation.put("project", plugin == null ? run.started() == null ? "" : run.started().cluster() : plugin.name());
        implementation.put("url", "");
        implementation.put("version", plugin == null ? "" : String.valueOf(Objects.requireNonNullElse(plugin.version(), "")));
        implementation.put("contact", List.of());
        return implementation;
    }

    private static Map<String, Object> profile(Run run) {
        var passed = names(run, Status.PASSED);
        var failed = names(run, Status.FAILED, Status.BROKEN);
        // Those that are inconclusive have proven nothing, like those that were not run.
        var skipped = names(run, Status.SKIPPED, Status.INCONCLUSIVE);
        var result = new LinkedHashMap<String, Object>();
        result.put("result", !failed.isEmpty() ? "failure" : !skipped.isEmpty() || passed.isEmpty() ? "partial" : "success");
        result.put("summary", run.sentence());
        var statistics = new LinkedHashMap<String, Object>();
        statistics.put("Passed", passed.size());
        statistics.put("Skipped", skipped.size());
        statistics.put("Failed", failed.size());
        result.put("statistics", statistics);
        if (!skipped.isEmpty()) result.put("skippedTests", skipped);
        if (!failed.isEmpty()) result.put("failedTests", failed);
        var profile = new LinkedHashMap<String, Object>();
        profile.put("name", "NetworkPolicy");
        profile.put("standard", result);
        return profile;
    }

    private static List<String> names(Run run, Status... of) {
        return run.scenarios().stream().filter(s -> List.of(of).contains(s.status())).map(ConformanceReportYaml::name).toList();
    }

    private static String name(ScenarioRun scenario) {
        return "%s: %s".formatted(scenario.started().featureName(), scenario.started().name());
    }
}

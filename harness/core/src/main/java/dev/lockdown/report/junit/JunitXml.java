package dev.lockdown.report.junit;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Counts;
import dev.lockdown.report.FeatureRun;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.text.Diagnosis;
import dev.lockdown.report.text.FeatureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Writes a run as JUnit's XML: a suite for each feature, a case for each scenario.
///
/// What failed is a `failure`; what proved nothing or could not be run is an `error`, so that no CI counts it as passed. Times
/// of day are UTC and without a zone, as the schema wants them.
public final class JunitXml {
    private static final int WIDTH = 120;

    private final Diagnosis diagnosis;

    private JunitXml(FeatureFiles features) {
        this.diagnosis = new Diagnosis(features, WIDTH);
    }

    /// Write the file, over one that is there.
    public static void write(Run run, FeatureFiles features, Path file) throws IOException {
        Files.writeString(file, render(run, features));
    }

    static String render(Run run, FeatureFiles features) {
        var xml = new XmlDocument();
        var junit = new JunitXml(features);
        var suites = xml.open("testsuites").attribute("name", "lockdown");
        counts(suites, run.counts(), run.problem() == null ? 0 : 1).attribute("time", seconds(run.took()));
        if (run.started() != null) xml.attribute("timestamp", timestamp(run.started().at()));
        run.features().forEach(f -> junit.suite(xml, run, f));
        if (run.problem() != null) runProblem(xml, run.problem());
        return xml.close().end();
    }

    private void suite(XmlDocument xml, Run run, FeatureRun feature) {
        xml.open("testsuite").attribute("name", feature.name());
        counts(xml, feature.counts(), 0).attribute("time", seconds(feature.took()))
            .attribute("timestamp", timestamp(feature.scenarios().getFirst().started().at())).attribute("file", feature.path());
        properties(xml, run);
        feature.scenarios().forEach(s -> scenario(xml, feature, s));
        xml.close();
    }

    private static void properties(XmlDocument xml, Run run) {
        var started = run.started();
        if (started == null) return;
        xml.open("properties");
        property(xml, "run", started.id());
        property(xml, "cluster", started.cluster());
        property(xml, "seed", Long.toString(started.seed()));
        property(xml, "version", started.version());
        xml.close();
    }

    private static void property(XmlDocument xml, String name, String value) {
        xml.open("property").attribute("name", name).attribute("value", value).close();
    }

    private void scenario(XmlDocument xml, FeatureRun feature, ScenarioRun scenario) {
        xml.open("testcase").attribute("name", name(feature, scenario)).attribute("classname", feature.name())
            .attribute("time", seconds(scenario.took())).attribute("file", feature.path())
            .attribute("line", Integer.toString(scenario.started().line()));
        switch (scenario.status()) {
            case PASSED -> {}
            case SKIPPED -> xml.open("skipped").attribute("message", scenario.skippedBecause()).close();
            case FAILED -> failure(xml, "failure", scenario);
            case INCONCLUSIVE, BROKEN -> failure(xml, "error", scenario);
        }
        xml.close();
    }

    /// Rows of an outline share their name, and CI systems take cases of one name for one case.
    private static String name(FeatureRun feature, ScenarioRun scenario) {
        var name = scenario.started().name();
        boolean shared = feature.scenarios().stream().filter(s -> s.started().name().equals(name)).count() > 1;
        return shared ? "%s (line %s)".formatted(name, scenario.started().line()) : name;
    }

    private void failure(XmlDocument xml, String element, ScenarioRun scenario) {
        xml.open(element).attribute("message", scenario.failures().getFirst().headline())
            .attribute("type", scenario.status().name().toLowerCase(Locale.ROOT)).text(diagnosis.text(scenario)).close();
    }

    /// A run that was ended has a case of its own, or a CI that reads only this file would see nothing but what had passed.
    private static void runProblem(XmlDocument xml, String problem) {
        xml.open("testsuite").attribute("name", "the run").attribute("tests", "1").attribute("failures", "0").attribute("errors", "1")
            .attribute("skipped", "0").open("testcase").attribute("name", "ends by itself").attribute("classname", "the run")
            .attribute("time", "0").open("error").attribute("message", problem.lines().findFirst().orElse(""))
            .attribute("type", "run").text(problem).close().close().close();
    }

    private static XmlDocument counts(XmlDocument xml, Counts counts, int more) {
        int errors = counts.of(Status.INCONCLUSIVE) + counts.of(Status.BROKEN) + more;
        return xml.attribute("tests", Integer.toString(counts.total() + more))
            .attribute("failures", Integer.toString(counts.of(Status.FAILED))).attribute("errors", Integer.toString(errors))
            .attribute("skipped", Integer.toString(counts.of(Status.SKIPPED)));
    }

    /// As the schema has durations.
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    /// As the schema has times of day.
    public static String timestamp(Instant at) {
        return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
}

package dev.lockdown.nightly.summary;

import dev.lockdown.history.FlowVerdict;
import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.Deviation;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Judged;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.nightly.NightText;
import dev.lockdown.report.junit.JunitXml;
import dev.lockdown.report.junit.XmlDocument;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A night as JUnit's XML: a suite for each cell, a case for each scenario, and one more where the cell as a whole has a problem.
///
/// What a deviation explains passes, and says so in its output; what is mended fails, for its deviation is wrong now; what is in quarantine is
/// skipped, with how it ended.
final class NightJunit {
    private static final Set<Counts> FAILURES = EnumSet.of(Counts.FAILED, Counts.MENDED);
    private static final Set<Counts> ERRORS = EnumSet.of(Counts.INCONCLUSIVE, Counts.BROKEN, Counts.FLAKY);
    private static final Set<Counts> SKIPPED = EnumSet.of(Counts.SKIPPED, Counts.QUARANTINED);
    private static final int FLOWS = 20;

    private final XmlDocument xml = new XmlDocument();

    private NightJunit() {}

    static String xml(Findings findings) {
        return new NightJunit().document(findings.cells());
    }

    private String document(List<Findings.OfCell> cells) {
        xml.open("testsuites").attribute("name", "lockdown nightly");
        counts(cells);
        xml.attribute("time", JunitXml.seconds(cells.stream().map(c -> c.outcome().took()).reduce(Duration.ZERO, Duration::plus)));
        cells.forEach(this::suite);
        return xml.close().end();
    }

    private void suite(Findings.OfCell cell) {
        xml.open("testsuite").attribute("name", cell.cell().name());
        counts(List.of(cell));
        xml.attribute("time", JunitXml.seconds(cell.outcome().took())).attribute("timestamp", JunitXml.timestamp(cell.outcome().at()));
        properties(cell);
        if (cell.outcome().problem() != null) ofCell(cell, cell.outcome().problem());
        cell.judged().forEach(this::scenario);
        xml.close();
    }

    private void counts(List<Findings.OfCell> cells) {
        var problems = cells.stream().filter(c -> c.outcome().problem() != null).toList();
        long notRun = problems.stream().filter(NightJunit::isNotRun).count();
        xml.attribute("tests", number(problems.size() + cells.stream().mapToLong(c -> c.judged().size()).sum()))
            .attribute("failures", number(count(cells, FAILURES)))
            .attribute("errors", number(problems.size() - notRun + count(cells, ERRORS)))
            .attribute("skipped", number(notRun + count(cells, SKIPPED)));
    }

    private static boolean isNotRun(Findings.OfCell cell) {
        return cell.outcome().state() == CellOutcome.State.NOT_RUN;
    }

    private static long count(List<Findings.OfCell> cells, Set<Counts> counts) {
        return cells.stream().flatMap(c -> c.judged().stream()).filter(j -> counts.contains(j.counts())).count();
    }

    private void properties(Findings.OfCell cell) {
        xml.open("properties");
        cell.cell().named().forEach(this::property);
        property("state", cell.outcome().state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (cell.outcome().exitStatus() != null) property("exitStatus", Integer.toString(cell.outcome().exitStatus()));
        if (cell.outcome().folder() != null) property("run", cell.outcome().folder());
        if (cell.digest() != null) {
            property("version", cell.digest().info().version());
            cell.digest().info().plugins().forEach(p -> property("networkPlugin", p));
        }
        xml.close();
    }

    private void property(String name, String value) {
        xml.open("property").attribute("name", name).attribute("value", value).close();
    }

    /// Who reads only this file would see nothing but what had passed.
    private void ofCell(Findings.OfCell cell, String problem) {
        xml.open("testcase").attribute("name", "ends by itself").attribute("classname", "the cell " + cell.cell().name())
            .attribute("time", JunitXml.seconds(cell.outcome().took()));
        if (isNotRun(cell)) xml.open("skipped").attribute("message", problem).close();
        else
            xml.open("error").attribute("message", problem)
                .attribute("type", cell.outcome().state().name().toLowerCase(Locale.ROOT).replace('_', '-')).close();
        xml.close();
    }

    private void scenario(Judged judged) {
        var scenario = judged.scenario();
        xml.open("testcase").attribute("name", scenario.key().name()).attribute("classname", scenario.feature())
            .attribute("file", scenario.feature()).attribute("line", Integer.toString(scenario.line()))
            .attribute("time", JunitXml.seconds(scenario.took()));
        var message = message(judged);
        switch (judged.counts()) {
            case PASSED -> {}
            case KNOWN -> xml.open("system-out").text("it fails as is known: " + deviations(judged)).close();
            case SKIPPED -> xml.open("skipped").attribute("message", message).close();
            case QUARANTINED -> xml.open("skipped").attribute("message",
                "in quarantine: %s%s".formatted(scenario.worst().name().toLowerCase(Locale.ROOT),
                    scenario.problem() == null ? "" : ", " + scenario.problem()))
                .close();
            case FAILED, MENDED -> differing("failure", judged, message);
            case INCONCLUSIVE, BROKEN, FLAKY -> differing("error", judged, message);
        }
        xml.close();
    }

    private void differing(String element, Judged judged, String message) {
        xml.open(element).attribute("message", message).attribute("type", NightText.word(judged.counts()));
        var flows = judged.differing();
        if (!flows.isEmpty())
            xml.text(Stream.concat(flows.stream().limit(FLOWS).map(NightJunit::words),
                flows.size() > FLOWS ? Stream.of("… and %s more".formatted(number(flows.size() - FLOWS))) : Stream.of())
                .collect(Collectors.joining("\n")));
        xml.close();
    }

    private static String words(FlowVerdict verdict) {
        return "%s is %s".formatted(verdict.flow(), verdict.seen().words());
    }

    private static String message(Judged judged) {
        if (judged.counts() == Counts.MENDED) return "it passes, so take its deviation out: " + deviations(judged);
        return Objects.requireNonNullElse(judged.scenario().problem(), NightText.word(judged.counts()));
    }

    private static String deviations(Judged judged) {
        return judged.deviations().stream().map(NightJunit::words).collect(Collectors.joining("; "));
    }

    private static String words(Deviation deviation) {
        return "%s (%s)%s".formatted(deviation.reason(), deviation.at(), deviation.link() == null ? "" : " " + deviation.link());
    }

    private static String number(long number) {
        return Long.toString(number);
    }
}

package dev.lockdown.report.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.SampleRun;
import dev.lockdown.report.Script;
import dev.lockdown.report.text.FeatureFiles;
import java.io.StringReader;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayName("JUnit XML")
class JunitXmlTest {
    private static final Consumer<Script.Steps> NOTHING = _ -> {};

    @Test
    void is_valid_by_what_the_common_schemas_agree_on() throws Exception {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(getClass().getResource("junit.xsd"));
        for (var run : new Run[] {SampleRun.run(), Script.run().finished(3, "no nftables").toRun(), Script.run().toRun()})
            assertThatCode(() -> schema.newValidator().validate(new StreamSource(new StringReader(render(run)))))
                .doesNotThrowAnyException();
    }

    @Test
    void counts_what_failed_and_what_proved_nothing_apart() throws Exception {
        var suites = parse(SampleRun.run()).getDocumentElement();
        assertThat(suites.getAttribute("tests")).isEqualTo("31");
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getAttribute("errors")).isEqualTo("1");
        assertThat(suites.getAttribute("skipped")).isEqualTo("1");
    }

    @Test
    void has_a_suite_for_each_feature_and_a_case_for_each_scenario() throws Exception {
        var document = parse(SampleRun.run());
        assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(8);
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(31);
    }

    @Test
    void says_where_a_scenario_stands_and_how_long_it_took() throws Exception {
        var scenario = scenario(SampleRun.run(), "DNS allowed, nothing else");
        assertThat(scenario.getAttribute("classname")).isEqualTo("DNS is the first thing that a lockdown breaks");
        assertThat(scenario.getAttribute("file")).isEqualTo("features/dns.feature");
        assertThat(scenario.getAttribute("line")).isEqualTo("21");
        assertThat(scenario.getAttribute("time")).isEqualTo("5.200");
    }

    @Test
    void carries_the_whole_diagnosis_of_a_failure() throws Exception {
        var failure = child(scenario(SampleRun.run(), "DNS allowed, nothing else"), "failure");
        assertThat(failure.getAttribute("message")).isEqualTo("1 of 6 cells differs on TCP/8080 (held 12 rounds, 5.0 s)");
        assertThat(failure.getTextContent()).startsWith("error: 1 of 6 cells differs").contains(
            "^^^^^^^ observed open, shop/api answered in 0.2 ms",
            "= likely:   the cluster rewrites the source's address");
    }

    @Test
    void calls_what_proves_nothing_an_error() throws Exception {
        var error = child(scenario(SampleRun.run(), "From a pod on another node than the API's"), "error");
        assertThat(error.getAttribute("type")).isEqualTo("inconclusive");
    }

    @Test
    void gives_the_reason_of_what_was_skipped() throws Exception {
        var skipped = child(scenario(SampleRun.run(), "An association goes one way too"), "skipped");
        assertThat(skipped.getAttribute("message")).isEqualTo("this kernel has no SCTP (modprobe sctp)");
    }

    @Test
    void names_the_cluster_and_the_seed() {
        assertThat(render(SampleRun.run())).contains("<property name=\"cluster\" value=\"embedded · 2 nodes\"/>",
            "<property name=\"seed\" value=\"4711\"/>", "timestamp=\"2026-11-22T14:03:11\"");
    }

    @Test
    void survives_every_character_below_the_blank_and_broken_surrogates() throws Exception {
        var odd = new StringBuilder("]]> & <b> \"q\" \uFFFE \uD800 end");
        IntStream.range(0, 32).forEach(c -> odd.append((char) c));
        var failure = child(scenario(failed(odd.toString()), "scenario 3"), "failure");
        assertThat(failure.getTextContent()).contains("]]> & <b> \"q\"", " end");
    }

    @Test
    void keeps_the_lines_of_a_message_apart() throws Exception {
        var failure = child(scenario(failed("first\nsecond"), "scenario 3"), "failure");
        assertThat(failure.getTextContent()).isEqualTo("error: first\n  --> features/a.feature:3\n   second\n");
    }

    @Test
    void keeps_the_lines_of_an_attribute_apart() throws Exception {
        var run = Script.run().scenario(3, Status.SKIPPED, "no SCTP\n\tmodprobe sctp", NOTHING).finished(4, null).toRun();
        assertThat(child(scenario(run, "scenario 3"), "skipped").getAttribute("message")).isEqualTo("no SCTP\n\tmodprobe sctp");
    }

    @Test
    void finds_the_reason_of_what_was_skipped_in_its_steps() throws Exception {
        var run = Script.run().scenario(3, Status.SKIPPED, null, s -> s.step(4, "Given", "x", Status.SKIPPED, "needs three nodes")).toRun();
        assertThat(child(scenario(run, "scenario 3"), "skipped").getAttribute("message")).isEqualTo("needs three nodes");
    }

    @Test
    void tells_scenarios_of_one_name_apart_by_their_lines() {
        var entries = Script.run().scenario(3, Status.PASSED, null, NOTHING).scenario(9, Status.PASSED, null, NOTHING).entries().stream()
            .map(e -> e instanceof Entry.ScenarioStarted s ? new Entry.ScenarioStarted(s.at(), s.scenario(),
                s.feature(), s.featureName(), null, "same", s.line(), s.tags()) : e)
            .toList();
        assertThat(render(Run.of(entries))).contains("name=\"same (line 3)\"", "name=\"same (line 9)\"");
    }

    @Test
    void is_not_green_for_a_run_that_was_ended() throws Exception {
        var suites =
            parse(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(3, "node-2 does not enforce\n  see doctor").toRun())
                .getDocumentElement();
        assertThat(suites.getAttribute("errors")).isEqualTo("1");
        assertThat(suites.getElementsByTagName("error").item(0).getTextContent()).isEqualTo("node-2 does not enforce\n  see doctor");
    }

    private static Run failed(String problem) {
        return Script.run().scenario(3, Status.FAILED, problem, NOTHING).finished(1, null).toRun();
    }

    private static String render(Run run) {
        return JunitXml.render(run, new FeatureFiles(SampleRun.features()));
    }

    private static Document parse(Run run) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(render(run))));
    }

    private static Element scenario(Run run, String name) throws Exception {
        var cases = parse(run).getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength()).mapToObj(i -> (Element) cases.item(i)).filter(c -> c.getAttribute("name").equals(name))
            .findFirst().orElseThrow();
    }

    private static Element child(Element parent, String name) {
        return (Element) parent.getElementsByTagName(name).item(0);
    }
}

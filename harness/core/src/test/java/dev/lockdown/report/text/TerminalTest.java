package dev.lockdown.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.SampleRun;
import dev.lockdown.report.Script;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The terminal")
class TerminalTest {
    private static final Consumer<Script.Steps> NOTHING = _ -> {};

    @Test
    void tells_when_each_disruption_began_and_how_it_ended() {
        var id = "features/a.feature:3";
        var at = Instant.parse("2026-11-22T14:03:11.250Z");
        var printed = print(Screen.plain(110), Script.run().started("features/a.feature", 3)
            .add(new Entry.Disrupted(at, id, 6, 1, "enforcement pauses", Duration.ofMillis(200)))
            .add(new Entry.Healed(at.plusMillis(213), id, 1, Duration.ofMillis(7), null))
            .add(new Entry.Disrupted(at.plusMillis(300), id, 6, 2, "DNS is away", Duration.ZERO))
            .add(new Entry.Healed(at.plusMillis(310), id, 2, null, "failed, and healed: the API is away"))
            .add(new Entry.ScenarioFinished(at, id, Status.PASSED, Duration.ZERO, null)).finished(0, null).entries());
        assertThat(printed).contains("enforcement pauses for 200 ms, 250 ms in: healed after 213 ms, enforced again 7 ms later\n",
            "DNS is away, 550 ms in: failed, and healed: the API is away, after 10 ms\n");
    }

    @Test
    void tells_a_run_from_its_canary_to_what_to_do_next() {
        assertThat(print(Screen.plain(80), SampleRun.entries())).isEqualTo("""
                embedded · 2 nodes · seed 4711 · canary blocked after 3 ms
                ✓ aftermath.feature       7 scenarios  259 ms
                ✓ allow-all.feature       4 scenarios  148 ms
                ? api-server.feature:33  From a pod on another node than the API's
                inconclusive: shop/web to kubernetes-api on TCP/443 proves nothing (3 rounds,
                              12 ms)
                  --> features/api-server.feature:35
                   = flow:     shop/web to kubernetes-api on TCP/443
                   = observed: inconclusive, no answer in 1.5 s, but kubernetes-api on TCP/443
                               does not answer an unisolated pod either
                   = expected: denied by shop/deny-all (egress of shop/web)
                ✓ default-deny.feature    5 scenarios  185 ms
                ✗ dns.feature:21  DNS allowed, nothing else
                error: 1 of 6 cells differs on TCP/8080 (held 12 rounds, 5.0 s)
                  --> features/dns.feature:28:38
                27 | | from            | shop/web | shop/api | monitoring/prom |
                28 | | shop/web        | -        | blocked  | blocked         |
                   |                                ^^^^^^^
                   |                                observed open, shop/api answered in 0.2 ms
                   = expected: denied by shop/deny-all (egress of shop/web)
                   = evidence: shop/api saw 10.42.1.1, not 10.42.0.5, the address of shop/web
                   = likely:   the cluster rewrites the source's address on the way, so the
                               policy does not recognise it
                ✓ one-side.feature        2 scenarios   74 ms
                ✓ outside.feature         2 scenarios   74 ms
                – replies.feature:15  An association goes one way too
                  skipped: this kernel has no SCTP (modprobe sctp)
                ✓ replies.feature         2 scenarios   37 ms   1 skipped
                1 failed · 1 inconclusive · 1 skipped · 28 passed · 8.9 s
                report: reports/20261122-140311/report.html
                rerun:  ./lockdown run --failed reports/20261122-140311
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 160})
    void keeps_to_the_width(int width) {
        assertThat(print(Screen.plain(width), SampleRun.entries()).lines())
            .allSatisfy(l -> assertThat(Columns.width(l)).isLessThanOrEqualTo(width));
    }

    @Test
    void writes_ascii_alone_where_the_screen_knows_no_more() {
        var plain = print(new Screen(80, false, false, true), SampleRun.entries());
        var ascii = print(new Screen(80, false, false, false), SampleRun.entries());
        assertThat(ascii).isASCII().hasSameSizeAs(plain).contains("+ aftermath.feature", "x dns.feature:21");
    }

    @Test
    void writes_no_escape_sequence_unless_told() {
        assertThat(print(Screen.plain(80), SampleRun.entries())).doesNotContain("\u001b", "\r");
    }

    @Test
    void colours_without_changing_the_text() {
        var coloured = print(new Screen(80, true, false, true), SampleRun.entries());
        assertThat(coloured).contains("\u001b[1;31m✗ \u001b[0m", "\u001b[1;31m^^^^^^^\u001b[0m",
            "\u001b[1;31mobserved open, shop/api answered in 0.2 ms\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll(" +\n", "\n"))
            .isEqualTo(print(Screen.plain(80), SampleRun.entries()));
    }

    @Test
    void keeps_one_live_line_and_erases_it_before_it_prints() {
        var run = Script.run().planned(Map.of("features/a.feature", 2)).scenario(3, Status.PASSED, null, NOTHING)
            .scenario(7, Status.PASSED, null, NOTHING).finished(0, null);
        assertThat(print(new Screen(80, false, true, true), run.entries())).startsWith("""
                  0 s · 0 of 2 · a.feature:3  scenario 3 · pods\r\u001b[Kembedded · 2 nodes · seed 7
                  0 s · 1 of 2 · a.feature:7  scenario 7 · pods\r\u001b[K✓ a.feature    2 scenarios  200 ms
                """);
    }

    @Test
    void tells_features_at_the_end_when_nobody_said_how_many_scenarios_they_have() {
        var run = Script.run().scenario("a.feature", 3, Status.PASSED, null, NOTHING).scenario("b.feature", 3, Status.PASSED, null, NOTHING)
            .finished(0, null);
        assertThat(print(Screen.plain(80), run.entries())).isEqualTo("""
                embedded · 2 nodes · seed 7
                ✓ a.feature    1 scenario   100 ms
                ✓ b.feature    1 scenario   100 ms
                2 passed · 1.2 s
                report: reports/r/report.html
                """);
    }

    @Test
    void tells_scenarios_apart_that_ran_at_the_same_time() {
        var one = Script.run().scenario(3, Status.PASSED, null, NOTHING).entries();
        var two = Script.run().scenario(7, Status.FAILED, "no", s -> s.step(8, "Then", "x", Status.FAILED, "it is not so")).entries();
        var both = List.of(one.get(0), one.get(1), two.get(1), two.get(2), one.get(2), two.get(3));
        assertThat(print(Screen.plain(80), both)).isEqualTo("""
                embedded · 2 nodes · seed 7
                ✗ features/a.feature:7  scenario 7
                error: it is not so
                 --> features/a.feature:8
                """);
    }

    @Test
    void names_scenarios_that_did_not_finish() {
        var run =
            Script.run().planned(Map.of("features/a.feature", 3)).scenario(3, Status.PASSED, null, NOTHING).started("features/a.feature", 7)
                .finished(130, "interrupted");
        assertThat(print(Screen.plain(80), run.entries())).isEqualTo("""
                embedded · 2 nodes · seed 7
                ? a.feature:7  scenario 7
                inconclusive: the run ended before this scenario did
                  --> features/a.feature:7
                1 inconclusive · 1 passed · 1 not run · 1.2 s
                error: interrupted
                report: reports/r/report.html
                rerun:  ./lockdown run --failed reports/r
                """);
    }

    @Test
    void says_why_the_run_was_ended_as_it_was_said() {
        var run = Script.run().finished(3, "nftables is missing\n  apt-get install libnftables1");
        assertThat(print(Screen.plain(80), run.entries())).isEqualTo("""
                embedded · 2 nodes · seed 7
                no scenario was run · 1.2 s
                error: nftables is missing
                  apt-get install libnftables1
                report: reports/r/report.html
                """);
    }

    @Test
    void marks_a_feature_that_was_skipped_whole() {
        var run = Script.run().scenario("a.feature", 3, Status.SKIPPED, "no SCTP", NOTHING).finished(4, null);
        assertThat(print(Screen.plain(80), run.entries())).contains("– a.feature    1 scenario   100 ms   1 skipped\n");
    }

    @Test
    void lets_no_control_character_through() {
        var run = Script.run().scenario(3, Status.FAILED, "x",
            s -> s.step(4, "Then", "x", Status.FAILED, "evil\u001b[2J\u0007 text\n\u001b]0;title"));
        assertThat(print(Screen.plain(80), run.entries())).contains("evil\uFFFD[2J\uFFFD text").doesNotContain("\u001b", "\u0007");
    }

    private static String print(Screen screen, List<Entry> entries) {
        var bytes = new ByteArrayOutputStream();
        var id = ((Entry.RunStarted) entries.getFirst()).id();
        var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        entries.forEach(new Terminal(out, screen, Path.of("reports", id), new FeatureFiles(SampleRun.features())));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

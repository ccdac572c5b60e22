package dev.lockdown.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A headline")
class HeadlineTest {
    private static final Endpoint WEB = Endpoint.parse("shop/web");
    private static final Endpoint API = Endpoint.parse("shop/api");
    private static final Flow OVER_IPV6 = new Flow(WEB, API, Port.parse("TCP/80"), Family.IPV6);
    private static final Cell AGREES = Differing.seen("blocked");
    private static final Cell DIFFERS = Differing.seen("open");
    private static final Cell UNPROVEN = Differing.seen("unproven");

    private static Judgement judgement(Scope scope, Cell... cells) {
        return new Judgement(scope, List.of(cells), 12, Duration.ofSeconds(5));
    }

    private static Cell cell(Probe probe, Outcome outcome, Verdict verdict) {
        var seen = List.of(new Observation(probe, outcome, Instant.EPOCH, List.of()));
        var wanted = verdict instanceof Verdict.Open ? Wanted.BLOCKED : Wanted.OPEN;
        return new Cell(Question.of(probe, wanted, 1), seen, new Control.NotNeeded(), verdict, null, false, null);
    }

    private static Cell open(Probe probe) {
        return cell(probe, new Outcome.Connected(Duration.ofMillis(1), "shop/api", "10.42.0.5"), new Verdict.Open());
    }

    private static Cell blocked(Probe probe) {
        return cell(probe, new Outcome.Refused(), new Verdict.Blocked(Verdict.Manner.REJECTED, Control.Grade.BASELINE));
    }

    @Test
    void counts_what_differs_and_what_proves_nothing() {
        var ports = new Scope.OnPorts(List.of("TCP/80"));
        assertThat(Headline.of(judgement(ports, DIFFERS, AGREES))).isEqualTo("1 of 2 flows differs on TCP/80 (held 12 rounds, 5.0 s)");
        assertThat(Headline.of(judgement(new Scope.Named(), DIFFERS, DIFFERS, AGREES)))
            .isEqualTo("2 of 3 flows differ (held 12 rounds, 5.0 s)");
        assertThat(Headline.of(judgement(new Scope.EveryFlow(), UNPROVEN, AGREES)))
            .isEqualTo("1 of 2 flows proves nothing, of every flow (12 rounds, 5.0 s)");
        assertThat(Headline.of(judgement(new Scope.OpenInBaseline(), UNPROVEN, UNPROVEN)))
            .isEqualTo("2 of 2 flows prove nothing, of what was open in the baseline (12 rounds, 5.0 s)");
        assertThat(Headline.of(judgement(new Scope.ShutBeforeTheChange(), DIFFERS, UNPROVEN, UNPROVEN, AGREES)))
            .isEqualTo("1 of 4 flows differs and 2 prove nothing, of what was shut before the last change (held 12 rounds, 5.0 s)");
        assertThat(Headline.of(judgement(ports, DIFFERS, UNPROVEN)))
            .isEqualTo("1 of 2 flows differs and 1 proves nothing on TCP/80 (held 12 rounds, 5.0 s)");
    }

    @Test
    void speaks_of_cells_where_the_step_has_a_table() {
        var cell = Cells.inTable("shop/web", "shop/api", 3, "blocked", "open");
        assertThat(Headline.of(judgement(new Scope.OnPorts(List.of("TCP/80", "UDP/53")), cell, cell)))
            .isEqualTo("2 of 2 cells differ on TCP/80 and UDP/53 (held 12 rounds, 5.0 s)");
    }

    @Test
    void of_one_cell_says_what_it_comes_to() {
        assertThat(Headline.of(judgement(new Scope.Named(), DIFFERS)))
            .isEqualTo("shop/web reaches shop/api on TCP/80 (held 12 rounds, 5.0 s)");
        assertThat(Headline.of(judgement(new Scope.Named(), UNPROVEN)))
            .isEqualTo("shop/web to shop/api on TCP/80 proves nothing (12 rounds, 5.0 s)");
    }

    @Test
    void says_of_every_kind_of_probe_whether_it_gets_through() {
        assertThat(Wording.claim(open(new Probe.Reach(OVER_IPV6, 0)))).isEqualTo("shop/web reaches shop/api on TCP/80 over IPv6");
        assertThat(Wording.claim(blocked(new Probe.Reach(OVER_IPV6, 53))))
            .isEqualTo("shop/web does not reach shop/api on TCP/80 over IPv6 from port 53");
        assertThat(Wording.claim(open(new Probe.Ping(WEB, API, Family.IPV4)))).isEqualTo("shop/web reaches shop/api on ICMP");
        assertThat(Wording.claim(blocked(new Probe.Ping(WEB, API, Family.IPV6))))
            .isEqualTo("shop/web does not reach shop/api on ICMP over IPv6");
        var name = new Probe.Resolve(WEB, "api.shop", Probe.Transport.EITHER, Family.IPV4);
        assertThat(Wording.claim(open(name))).isEqualTo("shop/web resolves api.shop");
        assertThat(Wording.claim(blocked(name))).isEqualTo("shop/web does not resolve api.shop");
        assertThat(Wording.claim(open(new Probe.Unasked(Flow.of(WEB, API, Port.parse("UDP/53"))))))
            .isEqualTo("\"shop/web sends shop/api an unasked datagram from UDP/53\" is open, not blocked");
        assertThat(Wording.claim(Differing.by(Cause.SOME_WAYS_ONLY))).isEqualTo("shop/web to shop/api on TCP/80 is mixed, not open");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"shop/a | shop/a denies it", "shop/a shop/b shop/c | it is denied by shop/a, shop/b, shop/c",
        "shop/a shop/b shop/c shop/d shop/e | it is denied by shop/a, shop/b, shop/c and 2 more"})
    void names_three_of_the_policies_that_decide(String policies, String clause) {
        var cell = Cells.of(Differing.QUESTION, "open", Differing.deniedBy(Differing.PROBE, policies.split(" ", -1)));
        assertThat(Headline.withReason(cell)).isEqualTo("shop/web reaches shop/api on TCP/80 although " + clause);
    }

    @Test
    void says_why_it_should_not_be_so() {
        assertThat(Headline.withReason(Differing.by(Cause.STALE_RULES)))
            .isEqualTo("shop/web does not reach shop/api on TCP/80 although shop/allow allows it");
        assertThat(Headline.withReason(Differing.by(Cause.STEP_AGAINST_ALLOWANCE)))
            .isEqualTo("shop/web reaches shop/api on TCP/80 although the step wants it blocked");
        assertThat(Headline.withReason(Differing.withoutReasons()))
            .isEqualTo("shop/web reaches shop/api on TCP/80 although it should be blocked");
        assertThat(Headline.withReason(Differing.by(Cause.LEFT_OPEN)))
            .isEqualTo("shop/web does not reach shop/api on TCP/80 although it should be open");
        assertThat(Headline.withReason(Differing.by(Cause.SOME_BACKENDS_ALLOWED)))
            .isEqualTo("shop/web does not reach shop/api on TCP/80 although it should be open");
        assertThat(Headline.withReason(UNPROVEN)).isEqualTo("shop/web to shop/api on TCP/80 proves nothing: no answer in 1.5 s, "
            + "but nothing answers on TCP/80 of shop/api, not even its own node");
    }

    @Test
    void is_followed_by_all_that_is_known_of_what_differs() {
        assertThat(Headline.withDetails(judgement(new Scope.Named(), AGREES, DIFFERS, UNPROVEN))).isEqualTo("""
                1 of 3 flows differs and 1 proves nothing (held 12 rounds, 5.0 s)
                  shop/web to shop/api on TCP/80: expected blocked, observed open: shop/api answered in 1 ms
                    = expected: denied by shop/deny-all (egress of shop/web)
                    = evidence: shop/api saw 10.42.0.5
                    = likely:   the data plane does not enforce what the policies say
                  shop/web to shop/api on TCP/80: expected blocked, observed inconclusive: no answer in 1.5 s, \
                but nothing answers on TCP/80 of shop/api, not even its own node
                    = expected: denied by shop/deny-all (egress of shop/web)""");
    }

    @Test
    void is_inconclusive_only_where_nothing_differs_for_sure() {
        assertThat(judgement(new Scope.Named(), UNPROVEN, AGREES).inconclusive()).isTrue();
        assertThat(judgement(new Scope.Named(), UNPROVEN, DIFFERS).inconclusive()).isFalse();
        assertThat(judgement(new Scope.Named(), AGREES).inconclusive()).isFalse();
        assertThat(judgement(new Scope.Named(), UNPROVEN, AGREES, DIFFERS).differing()).containsExactly(UNPROVEN, DIFFERS);
    }

    @Test
    void needs_a_cell() {
        assertThatThrownBy(() -> judgement(new Scope.Named())).hasMessage("a judgement needs at least one cell");
    }
}

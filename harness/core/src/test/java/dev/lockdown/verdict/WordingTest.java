package dev.lockdown.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.OpenQuestion;
import dev.lockdown.state.Direction;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The wording")
class WordingTest {
    private static final Duration SOON = Duration.ofNanos(213_000);
    private static final Duration LATE = Duration.ofMillis(1500);
    private static final Outcome SILENCE = new Outcome.TimedOut(LATE, Outcome.Lost.UNKNOWN);
    private static final NamespacedName API = NamespacedName.parse("shop/api");
    private static final Endpoint SERVICE = Endpoint.parse("service:shop/api");
    private static final Port PORT = Port.parse("TCP/8080");
    private static final Lack NO_ENDPOINTS = new Lack.NoEndpoints(API);

    static Stream<Arguments> outcomes() {
        return Stream.of(
            arguments(new Outcome.Connected(SOON, "shop/api", "10.42.0.5"), "shop/api answered in 0.2 ms"),
            arguments(new Outcome.Resolved(SOON, List.of("a", "b", "c")), "resolved to a, b, c in 0.2 ms"),
            arguments(new Outcome.Resolved(SOON, List.of("a", "b", "c", "d")), "resolved to a and 3 more in 0.2 ms"),
            arguments(new Outcome.Misdirected("shop/impostor"), "somebody else answered: shop/impostor"),
            arguments(new Outcome.Refused(), "refused at once"),
            arguments(new Outcome.Unreachable(Outcome.Icmp.NO_ROUTE), "ICMP unreachable (no route)"),
            arguments(new Outcome.Unreachable(Outcome.Icmp.HOST), "ICMP unreachable (host)"),
            arguments(new Outcome.Unreachable(Outcome.Icmp.ADMINISTRATIVELY_PROHIBITED), "ICMP unreachable (administratively prohibited)"),
            arguments(new Outcome.TimedOut(LATE, Outcome.Lost.REPLY), "the question arrived, its answer did not come back in 1.5 s"),
            arguments(new Outcome.TimedOut(LATE, Outcome.Lost.REQUEST), "no answer in 1.5 s; the question did not arrive"),
            arguments(SILENCE, "no answer in 1.5 s"),
            arguments(new Outcome.Unresolved("api.shop", "NXDOMAIN"), "api.shop was not resolved: NXDOMAIN"),
            arguments(new Outcome.ProbeFailed("no such pod"), "the probe could not be made: no such pod"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void tells_an_outcome(Outcome outcome, String sentence) {
        assertThat(Wording.of(outcome)).isEqualTo(sentence);
    }

    static Stream<Arguments> lacks() {
        return Stream.of(
            arguments(new Lack.PodDown(API),
                "shop/api is not reached by its own node either, which no policy prevents: the pod or its link is down"),
            arguments(new Lack.NoListener(API, PORT), "nothing answers on TCP/8080 of shop/api, not even its own node"),
            arguments(NO_ENDPOINTS, "shop/api has no endpoints"),
            arguments(new Lack.NoAnswerForBystander(SERVICE, PORT),
                "service:shop/api on TCP/8080 does not answer an unisolated pod either"),
            arguments(new Lack.NoEchoForBystander(SERVICE), "service:shop/api does not answer an unisolated pod's ICMP either"),
            arguments(new Lack.NoNameForBystander("api.shop"), "api.shop does not resolve for an unisolated pod either"),
            arguments(new Lack.NoRuleNamed(), "no rule of the data plane says that it dropped it"),
            arguments(new Lack.ShutInBaseline(SILENCE), "it was not open before the first policy either: no answer in 1.5 s"),
            arguments(new Lack.NothingToCompare(), "nothing shows that it would work without the policies"));
    }

    @ParameterizedTest
    @MethodSource("lacks")
    void tells_what_is_lacking(Lack lack, String sentence) {
        assertThat(Wording.of(lack)).isEqualTo(sentence);
    }

    static Stream<Arguments> doubts() {
        return Stream.of(
            arguments(new Doubt.UnclearOutcome(new Outcome.Misdirected("shop/web")), "somebody else answered: shop/web"),
            arguments(new Doubt.NoControl(SILENCE, NO_ENDPOINTS), "no answer in 1.5 s, but shop/api has no endpoints"),
            arguments(new Doubt.UnprovenBackends(NO_ENDPOINTS), "some backends answer, but shop/api has no endpoints"),
            arguments(new Doubt.UnresolvedName(new Outcome.Refused()),
                "its address answers, but its name does not resolve (refused at once), so no application gets there: allow DNS too"),
            arguments(new Doubt.NotEnforced(List.of(
                new Laggard(new SentinelPlace(Direction.INGRESS, "node-1", Protocol.TCP, Family.IPV4), SILENCE),
                new Laggard(new SentinelPlace(Direction.EGRESS, "node-2", Protocol.UDP, Family.IPV6), new Outcome.Refused())),
                Duration.ofSeconds(30)),
                "the last change was not seen to be enforced within 30.0 s: "
                    + "ingress of node-1, TCP, IPv4 (no answer in 1.5 s); egress of node-2, UDP, IPv6 (refused at once)"));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void tells_a_doubt(Doubt doubt, String sentence) {
        assertThat(Wording.of(doubt)).isEqualTo(sentence);
    }

    static Stream<Arguments> verdicts() {
        return Stream.of(
            arguments(new Verdict.Open(), "open"),
            arguments(new Verdict.Blocked(Verdict.Manner.DROPPED, Control.Grade.BASELINE), "blocked (dropped)"),
            arguments(new Verdict.Blocked(Verdict.Manner.REJECTED, Control.Grade.BASELINE), "blocked (rejected)"),
            arguments(new Verdict.Mixed(List.of(SILENCE)), "mixed"),
            arguments(new Verdict.Inconclusive(new Doubt.UnclearOutcome(SILENCE)), "inconclusive"));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void tells_a_verdict(Verdict verdict, String word) {
        assertThat(Wording.of(verdict)).isEqualTo(word);
    }

    static Stream<Arguments> evidence() {
        return Stream.of(
            arguments(new Evidence.DroppedAt(new Drop("node-1", "ingress of shop/api")), "dropped at node-1: ingress of shop/api"),
            arguments(new Evidence.SourceSeen("shop/api", "10.42.0.5"), "shop/api saw 10.42.0.5"),
            arguments(new Evidence.SourceTranslated("shop/api", "172.18.0.2", NamespacedName.parse("shop/web"), "10.42.0.5"),
                "shop/api saw 172.18.0.2, not 10.42.0.5, the address of shop/web"),
            arguments(new Evidence.TakenAsItIs(), "the API leaves it open: taken as it is"));
    }

    @ParameterizedTest
    @MethodSource("evidence")
    void tells_the_evidence(Evidence evidence, String sentence) {
        assertThat(Wording.of(evidence)).isEqualTo(sentence);
    }

    static Stream<Arguments> scopes() {
        return Stream.of(
            arguments(new Scope.Named(), ""),
            arguments(new Scope.OnPorts(List.of("TCP/80", "UDP/53")), "on TCP/80 and UDP/53"),
            arguments(new Scope.EveryFlow(), "of every flow"),
            arguments(new Scope.OpenInBaseline(), "of what was open in the baseline"),
            arguments(new Scope.ShutBeforeTheChange(), "of what was shut before the last change"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void tells_the_scope(Scope scope, String clause) {
        assertThat(Wording.of(scope)).isEqualTo(clause);
    }

    @Test
    void has_a_sentence_for_every_kind() {
        assertThat(kinds(outcomes())).containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
        assertThat(kinds(lacks())).containsExactlyInAnyOrder(Lack.class.getPermittedSubclasses());
        assertThat(kinds(doubts())).containsExactlyInAnyOrder(Doubt.class.getPermittedSubclasses());
        assertThat(kinds(verdicts())).containsExactlyInAnyOrder(Verdict.class.getPermittedSubclasses());
        assertThat(kinds(evidence())).containsExactlyInAnyOrder(Evidence.class.getPermittedSubclasses());
        assertThat(kinds(scopes())).containsExactlyInAnyOrder(Scope.class.getPermittedSubclasses());
    }

    private static List<Class<?>> kinds(Stream<Arguments> all) {
        return all.<Class<?>>map(a -> a.get()[0].getClass()).distinct().toList();
    }

    @ParameterizedTest
    @CsvSource({"EXEMPT_TWIN, an exempt twin gets through", "BASELINE, 'open in the baseline, both ends answer now'",
        "REMOVAL, open again after removal", "DATA_PLANE, the data plane names the rule"})
    void tells_what_a_control_rests_on(Control.Grade grade, String clause) {
        assertThat(Wording.of(grade)).isEqualTo(clause);
    }

    @ParameterizedTest
    @CsvSource({
        "shop/web to shop/api on TCP/80, mixed, open, "
            + "'only some of the ways are allowed: compare the backends, or the question with its answer'",
        "shop/web to shop/api on TCP/80, rejected, open, 'the policies allow it, but the data plane does not: its rules are stale or wrong'",
        "shop/web to shop/api on TCP/80, open, blocked, the data plane does not enforce what the policies say",
        "shop/web to shop/api on TCP/80, open, open, ''", "shop/web to shop/api on TCP/80, unproven, open, ''"})
    void tells_the_likely_cause(String probe, String seen, String wanted, String sentence) {
        assertThat(Wording.likely(Cells.of(probe, 1, wanted, seen))).isEqualTo(sentence);
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void knows_the_sentence_of_every_cause(Cause cause) {
        var cell = Differing.by(cause);
        assertThat(cell.cause()).isEqualTo(cause);
        assertThat(Wording.likely(cell)).isEqualTo(switch (cause) {
            case SOME_WAYS_ONLY -> "only some of the ways are allowed: compare the backends, or the question with its answer";
            case STEP_AGAINST_ALLOWANCE ->
                "the policies allow it, so the step and the policies disagree: a policy is missing or selects too little";
            case STEP_AGAINST_DENIAL -> "the policies deny it, so the step and the policies disagree: an allowance is missing";
            case SOURCE_REWRITTEN -> "the cluster rewrites the source's address on the way, so the policy does not recognise it";
            case NOT_ENFORCED -> "the data plane does not enforce what the policies say";
            case STALE_RULES -> "the policies allow it, but the data plane does not: its rules are stale or wrong";
            case LEFT_OPEN -> "the API leaves this open: " + OpenQuestion.HAIRPIN.reference();
            case SOME_BACKENDS_ALLOWED -> "the policies allow some backends only";
        });
    }

    @Test
    void tells_how_a_cell_came_to_its_verdict() {
        assertThat(Wording.how(Differing.seen("open"))).isEqualTo("shop/api answered in 1 ms");
        assertThat(Wording.how(Differing.seen("blocked"))).isEqualTo("no answer in 1.5 s");
        assertThat(Wording.how(Differing.seen("mixed"))).isEqualTo("shop/api answered in 1 ms; no answer in 1.5 s");
        assertThat(Wording.how(Differing.seen("unproven")))
            .isEqualTo("no answer in 1.5 s, but nothing answers on TCP/80 of shop/api, not even its own node");
    }

    @Test
    void tells_the_last_dial_of_the_probe_itself_and_not_its_names() {
        var cell = Cells.judged(Differing.QUESTION, new Control.Proven(Control.Grade.BASELINE), Cells.denied(Differing.PROBE), SILENCE,
            new Outcome.Refused());
        assertThat(Wording.how(cell)).isEqualTo("refused at once");
        assertThat(Wording.how(Differing.withName(new Outcome.Resolved(SOON, List.of("1.2.3.4")))))
            .isEqualTo("partner.example answered in 0.2 ms");
    }

    @Test
    void gives_the_reasons_and_the_evidence_of_a_cell() {
        var cell = Differing.by(Cause.SOURCE_REWRITTEN);
        assertThat(Wording.because(cell)).first().asString().startsWith("denied by shop/deny-all");
        assertThat(Wording.evidence(cell)).containsExactly("shop/api saw 172.18.0.2, not 10.42.0.5, the address of shop/web");
        assertThat(Wording.because(Differing.withoutReasons())).isEmpty();
        assertThat(Wording.flow(cell)).isEqualTo("shop/web to shop/api on TCP/80");
    }
}

package dev.lockdown.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Repair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is said of cells")
class SaidOfCellsTest {
    private static final Verdict DROPPED = new Verdict.Blocked(Verdict.Manner.DROPPED, Control.Grade.DATA_PLANE);
    private static final Outcome ANSWER = new Outcome.Connected(Duration.ofMillis(1), "shop/api", "10.42.0.5");
    private static final Outcome SILENCE = new Outcome.TimedOut(Duration.ofMillis(1500), Outcome.Lost.UNKNOWN);
    private static final NamespacedName POLICY = NamespacedName.parse("shop/p");

    private static Probe reach(String port, Family family) {
        return Probe.Reach.of(new Flow(Endpoint.parse("shop/web"), Endpoint.parse("shop/api"), Port.parse(port), family));
    }

    private static Cell cell(Probe probe, Wanted wanted, Verdict verdict, Outcome outcome, Drop... drops) {
        return new Cell(Question.of(probe, wanted, 1), List.of(new Observation(probe, outcome, Instant.EPOCH, List.of(drops))),
            new Control.NotNeeded(), verdict, null, false, null);
    }

    private static Cell open(Probe probe) {
        return cell(probe, Wanted.OPEN, new Verdict.Open(), ANSWER);
    }

    private static Cell shut(Probe probe) {
        return cell(probe, Wanted.OPEN, DROPPED, SILENCE);
    }

    private static String headline(Cell... cells) {
        return Headline.of(new Judgement(new Scope.Named(), List.of(cells), 12, Duration.ofSeconds(5)));
    }

    @Test
    void names_the_family_that_alone_is_wrong() {
        assertThat(headline(open(reach("TCP/80", Family.IPV4)), shut(reach("TCP/80", Family.IPV6))))
            .isEqualTo("shop/web does not reach shop/api on TCP/80 over IPv6 (over IPv4 it does) (held 12 rounds, 5.0 s)");
        assertThat(headline(shut(reach("TCP/80", Family.IPV4)), open(reach("TCP/80", Family.IPV6))))
            .isEqualTo("shop/web does not reach shop/api on TCP/80 over IPv4 (over IPv6 it does) (held 12 rounds, 5.0 s)");
    }

    @Test
    void says_of_a_flow_that_should_be_shut_that_the_other_family_is() {
        var leaks = cell(reach("TCP/80", Family.IPV6), Wanted.BLOCKED, new Verdict.Open(), ANSWER);
        var holds = cell(reach("TCP/80", Family.IPV4), Wanted.BLOCKED, DROPPED, SILENCE);
        assertThat(headline(holds, leaks)).startsWith("shop/web reaches shop/api on TCP/80 over IPv6 (over IPv4 it does not)");
    }

    @Test
    void counts_flows_that_differ_in_more_than_their_family() {
        assertThat(headline(open(reach("TCP/81", Family.IPV4)), shut(reach("TCP/80", Family.IPV6)))).startsWith("1 of 2 flows differs");
        assertThat(headline(open(reach("TCP/80", Family.IPV4)), shut(reach("TCP/80", Family.IPV4)))).startsWith("1 of 2 flows differs");
        assertThat(headline(shut(reach("TCP/80", Family.IPV4)), shut(reach("TCP/80", Family.IPV6)))).startsWith("2 of 2 flows differ");
        assertThat(headline(open(reach("TCP/80", Family.IPV4)), open(reach("TCP/80", Family.IPV6)), shut(reach("TCP/81", Family.IPV6))))
            .startsWith("1 of 3 flows differs");
        var unclear = cell(reach("TCP/80", Family.IPV6), Wanted.OPEN, new Verdict.Inconclusive(new Doubt.UnclearOutcome(SILENCE)), SILENCE);
        assertThat(headline(open(reach("TCP/80", Family.IPV4)), unclear)).startsWith("1 of 2 flows proves nothing");
    }

    @Test
    void says_no_time_where_the_data_plane_named_the_drop() {
        var probe = reach("TCP/80", Family.IPV4);
        assertThat(Wording.how(cell(probe, Wanted.OPEN, DROPPED, SILENCE, new Drop("node-1", "egress of shop/web"))))
            .isEqualTo("no answer: dropped on the way");
        assertThat(Wording.how(cell(probe, Wanted.OPEN, DROPPED, SILENCE))).isEqualTo("no answer in 1.5 s");
        var lack = new Lack.NoEndpoints(NamespacedName.parse("shop/api"));
        var doubt = new Verdict.Inconclusive(new Doubt.NoControl(SILENCE, lack));
        assertThat(Wording.how(cell(probe, Wanted.OPEN, doubt, SILENCE, new Drop("node-1", "egress of shop/web"))))
            .isEqualTo("dropped on the way, but shop/api has no endpoints");
        assertThat(Wording.how(cell(probe, Wanted.OPEN, doubt, SILENCE))).isEqualTo("no answer in 1.5 s, but shop/api has no endpoints");
    }

    private static Repair repair(Repair.Kind kind, @Nullable String file) {
        return new Repair(kind, POLICY, "app=wbe", "app=web", file, file == null ? 0 : 9);
    }

    @Test
    void tells_the_slip_and_its_repair_with_its_place() {
        var slipped = shut(reach("TCP/80", Family.IPV4)).with(List.of(repair(Repair.Kind.NEAREST_LABEL, "p.yaml"),
            repair(Repair.Kind.TARGET_PORT, null)));
        assertThat(Wording.likely(slipped)).isEqualTo("p.yaml:9: policy shop/p selects nobody by app=wbe; use app=web; or "
            + "policy shop/p allows app=wbe, the Service's port; policies see the pod's, use app=web");
    }
}

package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("A baseline")
class ForeseenBaselineTest {
    private static final String PODS = """
        Feature: Foreseen
          Scenario: it
            Given the pods
              | pod      | labels  | serves             | node   | starts |
              | shop/web | app=web | TCP/8080, UDP/5353 |        |        |
              | shop/api | app=api | TCP/8080           | node-2 |        |
              | shop/db  | app=db  | TCP/5432           | node-1 |        |
              | shop/job | app=job | TCP/8080           |        | later  |
            And the services
              | service  | selects | serves          | type     |
              | shop/api | app=api | TCP/80 -> 8080 at 30080 | NodePort |
            And the external hosts
              | host            | serves  |
              | partner.example | TCP/443 |
        """;

    @TempDir
    private Path folder;

    private Play play(String tag, String steps) throws IOException {
        var play = Play.of(folder, PODS.replace("  Scenario", "  " + tag + "\n  Scenario") + steps.indent(4));
        assertThat(play.problem()).isEmpty();
        return play;
    }

    private static Set<Probe> baseline(Play play) {
        return play.journal.stream().filter(e -> e instanceof Entry.Observed o && o.purpose() == Entry.Purpose.BASELINE)
            .flatMap(e -> ((Entry.Observed) e).observations().stream()).map(Observation::probe).collect(Collectors.toSet());
    }

    private static List<Probe> judged(Play play) {
        return play.journal.stream().filter(Entry.Judged.class::isInstance)
            .flatMap(e -> ((Entry.Judged) e).judgement().cells().stream()).map(c -> c.question().probe()).toList();
    }

    @Test
    void asks_what_the_steps_claim_and_nothing_else() throws IOException {
        var play = play("", """
            When "shop" denies all ingress
            Then "shop/web" cannot reach "shop/api" on TCP/8080
            And "shop/web" can still resolve api.shop.svc.cluster.local
            And "shop/api" can reach host "partner.example" on TCP/443
            """);
        assertThat(baseline(play)).extracting(Probe::toString).containsExactlyInAnyOrder("shop/web to shop/api on TCP/8080",
            "shop/web resolves api.shop.svc.cluster.local", "shop/api to host:partner.example on TCP/443");
        assertThat(baseline(play)).containsAll(judged(play));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@ipv6", "@dual-stack"})
    void has_what_is_claimed_by_any_step_in_any_family(String tag) throws IOException {
        var play = play(tag, """
            Then the node of "shop/web" can reach "shop/web" on TCP/8080
            And "shop/db" can reach node "node-2" on TCP/30080
            And every pod can reach service "shop/api" on TCP/80
            And every pod can reach the Kubernetes API on TCP/443
            When "shop" denies all ingress
            Then "shop/db" can no longer reach "shop/web" on TCP/8080 and ICMP
            And on TCP/8080 the truth table is
              |          | shop/web | shop/api |
              | shop/web | -        | blocked  |
              | shop/db  | blocked  | blocked  |
            When "shop/job" starts
            And every policy of "shop" is deleted
            Then "shop/db" can again reach "shop/web" on TCP/8080
            And "shop/web" can
              | resolve | partner.example   | over TCP |
              | reach   | pods "app=api"    | TCP/8080 |
            """);
        assertThat(baseline(play)).containsAll(judged(play)).hasSizeLessThan(40 * (tag.equals("@dual-stack") ? 2 : 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"every flow is as the policies say", "nothing broke", "nothing healed",
        "exactly these flows broke\n  | from     | to       | ports    |\n  | shop/web | shop/api | TCP/8080 |"})
    void asks_every_flow_where_a_step_speaks_of_all(String step) throws IOException {
        // Whether it holds does not matter here.
        var play = Play.of(folder, PODS + """
            Then "shop/web" can reach "shop/api" on TCP/8080
            When namespace "shop" is relabelled "team=web"
            Then\s""".indent(4).stripTrailing() + " " + step.indent(4));
        assertThat(baseline(play)).extracting(Probe::toString).contains("shop/api to shop/db on TCP/5432",
            "node:node-1 to shop/db on TCP/5432",
            "shop/db to kubernetes-api on TCP/443", "shop/web to service:kube-system/kube-dns on UDP/53");
    }
}

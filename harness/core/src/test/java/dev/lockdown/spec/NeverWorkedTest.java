package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A deny drops also what would have reached nobody, and the data plane names the rule for that as well.
@NamespacesAvailable
@DisplayName("What is denied and would not work without the policy")
class NeverWorkedTest {
    private static final String FEATURE = """
        Feature: denied
          Background:
            Given the pods
              | pod     | labels     | serves           | node   |
              | s/a     | app=a      | TCP/8080         | node-1 |
              | s/b     | app=b      | TCP/8080, UDP/53 | node-2 |
              | t/other | app=worker | TCP/8080         | node-2 |
            And the services
              | service | selects    | serves         |
              | s/svc   | app=b      | TCP/80 -> 8080 |
              | s/shut  | app=b      | TCP/80 -> 7777 |
              | s/none  | app=nobody | TCP/80 -> 8080 |
              | s/udp   | app=b      | UDP/53 -> 5353 |
            And the external hosts
              | host            | serves  |
              | partner.example | TCP/443 |
          Scenario: denied
            When "s" denies all ingress and egress
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        Then "s/a" cannot reach service "s/shut" on TCP/80                  ! nothing answers on TCP/7777 of s/b, not even its own node
        Then "t/other" cannot reach service "s/shut" on TCP/80              ! nothing answers on TCP/7777 of s/b, not even its own node
        Then "s/a" cannot reach service "s/udp" on UDP/53                   ! nothing answers on UDP/5353 of s/b, not even its own node
        """)
    void is_inconclusive(String step, String because) throws IOException {
        var play = Play.of(folder, FEATURE + step.strip().indent(4));
        assertThat(play.problem()).contains(because.strip());
        assertThat(play.endings).containsExactly(Ending.INCONCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        Then "s/a" cannot resolve no-such.default.svc.cluster.local         ! there is no name no-such.default.svc.cluster.local
        Then "s/a" cannot resolve svd.s.svc.cluster.local                   ! did you mean svc.s.svc.cluster.local?
        Then "s/a" cannot resolve partner.exmaple over TCP                  ! did you mean partner.example?
        Then "s/a" cannot resolve sv                                        ! there is no name sv
        Then "t/other" cannot resolve shut                                  ! there is no name shut
        """)
    void is_wrong_input_where_it_is_a_name_that_nobody_has(String step, String because) throws IOException {
        var play = Play.of(folder, FEATURE + step.strip().indent(4));
        assertThat(play.problem()).contains(because.strip());
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    void is_wrong_input_too_in_a_table_and_where_nothing_is_denied() throws IOException {
        var feature = FEATURE.replace("    When \"s\" denies all ingress and egress\n", "") + """
                Then "s/a" cannot
                  | resolve | no-such.example |
            """;
        assertThat(Play.of(folder, feature).endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    void is_not_taken_for_what_would_work() throws IOException {
        var play = Play.of(folder, FEATURE + """
                Then "s/a" cannot
                  | resolve | svc                       |          |
                  | resolve | svc.s                     |          |
                  | resolve | svc.s.svc.cluster.local   | over TCP |
                  | resolve | svc.s.svc.cluster.local.  |          |
                  | resolve | partner.example           |          |
                  | reach   | service "s/svc"           | TCP/80   |
                  | reach   | host "partner.example"    | TCP/443  |
                  | reach   | the Kubernetes API        | TCP/443  |
                  | reach   | "t/other"                 | TCP/8080 |
                And "s/b" cannot send "s/a" an unasked datagram
                And "t/other" cannot reach "s/b" on TCP/8080
                And "s/a" cannot reach "s/b" on ICMP
            """);
        assertThat(play.problem()).isEmpty();
        assertThat(play.endings).containsExactly(Ending.PASSED);
    }
}

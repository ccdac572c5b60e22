package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A feature that cannot be used")
class BadInputTest {
    private static final String FEATURE = """
        Feature: Wrong
          Scenario: Somewhere
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
              | shop/api | app=api | TCP/8080 |
        """;

    @TempDir
    private Path folder;

    private Play play(String steps) throws IOException {
        return Play.of(folder, FEATURE + steps.indent(4));
    }

    @NamespacesAvailable
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
        Then "shop/wbe" can reach "shop/api" on TCP/8080                 ! there is no pod "shop/wbe"; did you mean "shop/web"?
        Then "shop/web" can reach "shop/api" on TCP/9999                 ! shop/api does not serve TCP/9999; it serves TCP/8080
        Then "shop/web" can reach "shop/api" on TCP/http                 ! shop/api has no port named "http" for TCP
        Then "shop/web" can reach "shop/api" on ICMP/1                   ! "ICMP" is not a protocol; expected TCP, UDP or SCTP
        Then "shopweb" can reach "shop/api" on TCP/8080                  ! "shopweb" names nobody
        Then every pod of "shoop" can reach "shop/api" on TCP/8080       ! there is no namespace "shoop"; did you mean "shop"?
        Then pods "app=no" of "shop" can reach "shop/api" on TCP/8080    ! no pod of shop has the labels {app=no}
        Then "shop/web" can reach service "shop/api" on TCP/80           ! there is no service "shop/api"
        Then "shop/web" can reach host "partner.example" on TCP/443      ! there is no host "partner.example"
        Then node "node-9" can reach "shop/api" on TCP/8080              ! there is no node "node-9"; did you mean "node-1"?
        Then "shop/web" can again reach "shop/api" on TCP/8080           ! no earlier step of this scenario saw
        Then "shop/web" can send "shop/api" an unasked datagram          ! the sender serves no UDP port to send from
        When "shoop" denies all ingress                                  ! there is no namespace "shoop"; did you mean "shop"?
        When policy "nothing" is deleted from "shop"                     ! there is no policy "shop/nothing"
        When "shop/api" starts                                           ! no pod "shop/api" waits to be started
        When "no/such/file.yaml" is applied to "shop"                    ! there is no file or folder "no/such/file.yaml"
        When "shop/web" is relabelled "app"                              ! "app" is not a label; expected key=value
        """)
    void says_what_is_wrong_and_what_there_is(String step, String problem) throws IOException {
        var play = play(step.strip());
        assertThat(play.problem()).contains(problem.strip());
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    @NamespacesAvailable
    void tells_line_and_column_of_a_policy_quoted_in_a_step() throws IOException {
        var play = play("""
            When this policy is applied to "shop"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: wrong}
              spec:
                podSelecter: {}
              \"""
            """);
        assertThat(play.problem()).contains("play.feature:13:", "unknown field \"podSelecter\"", "did you mean \"podSelector\"?");
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    @NamespacesAvailable
    void has_a_truth_table_on_a_port_that_a_pod_of_its_columns_does_not_serve() throws IOException {
        var play = play("""
            Then on TCP/80 the truth table is
              |          | shop/web | shop/api |
              | shop/web | -        | open     |
            """);
        assertThat(play.problem()).contains("shop/web does not serve TCP/80; it serves TCP/8080");
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    @NamespacesAvailable
    void has_a_policy_that_selected_nothing_by_its_end() throws IOException {
        var play = play("""
            When this policy is applied to "shop"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: idle}
              spec:
                podSelector: {matchLabels: {app: nobody}}
              \"""
            Then "shop/web" can reach "shop/api" on TCP/8080
            """);
        assertThat(play.problem()).contains("policy shop/idle selects no pod");
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    void has_a_step_that_nobody_knows() {
        assertThatThrownBy(() -> play("Then \"shop/web\" can raech \"shop/api\" on TCP/8080")).isInstanceOf(InputException.class)
            .hasMessageContaining("play.feature:7: no step says \"\"shop/web\" can raech \"shop/api\" on TCP/8080\"")
            .hasMessageContaining("did you mean: \"shop/web\" can reach \"shop/api\" on TCP/8080");
    }

    @Test
    void has_a_syntax_error() {
        assertThatThrownBy(() -> play("Whenever \"shop\" denies all ingress")).isInstanceOf(InputException.class)
            .hasMessageContaining("play.feature:7:5: ").hasMessageContaining("the words of Gherkin are");
    }

    @Test
    void has_a_duplicate_pod() throws IOException {
        var play = Play.of(folder, FEATURE + "      | shop/web | app=web | TCP/8080 |\n    Then every flow is as the policies say\n");
        assertThat(play.problem()).isEqualTo("the pod \"shop/web\" is declared twice");
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    void has_a_table_with_a_wrong_header() throws IOException {
        var play = Play.of(folder, FEATURE.replace("| serves ", "| servs  "));
        assertThat(play.problem())
            .isEqualTo(
                "unknown column \"servs\"; did you mean \"serves\"? The columns of this table are pod and optionally labels, serves, node, starts, network");
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    void is_not_there() {
        assertThatThrownBy(() -> Specification.select(List.of("nowhere.feature"), 1, List.of())).isInstanceOf(InputException.class)
            .hasMessageContaining("there is no feature or folder \"nowhere.feature\" here");
    }

    @Test
    void has_no_scenario_with_the_tag() {
        assertThatThrownBy(() -> {
            play("");
            Specification.select(List.of(folder.resolve("play.feature").toString(), "@nothing"), 1, List.of());
        }).isInstanceOf(InputException.class).hasMessageContaining("nothing is selected by").hasMessageContaining("@nothing");
    }

    @Test
    void has_no_scenario_at_one_of_the_lines() throws IOException {
        Play.of(folder, FEATURE);
        var feature = folder.resolve("play.feature").toString();
        var first = Specification.select(List.of(feature), 1, List.of()).scenarios().getFirst();
        assertThatThrownBy(() -> Specification.select(List.of(first, feature + ":999"), 1, List.of())).isInstanceOf(InputException.class)
            .hasMessageStartingWith(feature + " has no scenario at line 999; its scenarios are at the lines ");
    }
}

package dev.lockdown.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.check.Mistake.Grade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A feature that is checked without a cluster")
class FeatureCheckTest {
    private static final String PODS = """
        Feature: Checked

          Background:
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
              | shop/api | app=api | TCP/8080 |

          Scenario: one
        """;

    @TempDir
    private Path folder;

    private List<Mistake> mistakes(String feature) throws IOException {
        var file = Files.writeString(folder.resolve("checked.feature"), feature);
        return new FeatureCheck(true).whole(file).mistakes();
    }

    private List<String> told(String feature) throws IOException {
        return mistakes(feature).stream().map(m -> "%d:%d+%d %s".formatted(m.line(), m.column(), m.width(), m.problem())).toList();
    }

    @Test
    void without_a_mistake_has_none() throws IOException {
        assertThat(told(PODS + """
                When "shop" denies all ingress
                Then "shop/web" cannot reach "shop/api" on TCP/8080
                And "shop/web" can resolve kubernetes.default
                When every policy of "shop" is deleted
                Then "shop/web" can again reach "shop/api" on TCP/8080
            """.indent(0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
        "shop" denies egress                                           ! "shop" denies all egress
        "shop" denies all                                              ! "shop" denies all ingress and egress
        "shop" deny all ingress                                        ! "shop" denies all ingress
        "shop/web" cannot reach "shop/api" on 8080                     ! "shop/web" cannot reach "shop/api" on TCP/8080
        "shop/web" cannot reach "shop/api" on port 8080                ! "shop/web" cannot reach "shop/api" on TCP/8080
        "shop/web" can reach "shop/api" on 8080/udp                    ! "shop/web" can reach "shop/api" on UDP/8080
        "shop/web" cannot reach shop/api on TCP/8080                   ! "shop/web" cannot reach "shop/api" on TCP/8080
        "shop/web" cannot reach "shop/api" on any port                 ! "shop/web" cannot reach "shop/api" on every port
        "shop/web" should not reach "shop/api" on TCP/8080             ! "shop/web" cannot reach "shop/api" on TCP/8080
        "shop/web" must not be able to reach "shop/api" on TCP/8080    ! "shop/web" cannot reach "shop/api" on TCP/8080
        "shop/web" can't reach "shop/api" on TCP/8080                  ! "shop/web" cannot reach "shop/api" on TCP/8080
        "shop/web" does not reach "shop/api" on TCP/8080               ! "shop/web" cannot reach "shop/api" on TCP/8080
        "shop/web" should reach "shop/api" on TCP/8080                 ! "shop/web" can reach "shop/api" on TCP/8080
        "shop/web" reaches "shop/api" on TCP/8080                      ! "shop/web" can reach "shop/api" on TCP/8080
        "shop/web" can connect to "shop/api" on TCP/8080               ! "shop/web" can reach "shop/api" on TCP/8080
        "shop/web" can raech "shop/api" on TCP/8080                    ! "shop/web" can reach "shop/api" on TCP/8080
        shop/web can not reach service shop/api on http                ! "shop/web" cannot reach service "shop/api" on TCP/http
        "shop/web" cannot reach "shop/api"                             ! "shop/web" cannot reach "shop/api" on every port
        all pods of "shop" can reach the API server on TCP/443         ! every pod of "shop" can reach the Kubernetes API on TCP/443
        nothing breaks                                                 ! nothing broke
        "shop/web" is relabelled app=door, tier=a                      ! "shop/web" is relabelled "app=door, tier=a"
        "shop/web" to "shop/api" on TCP/80 is cut off within 100ms     ! "shop/web" to "shop/api" on TCP/80 is cut off within 100 ms
        "shop/web" to shop/api on TCP/80 is back within 2 seconds      ! "shop/web" to "shop/api" on TCP/80 is back within 2 s
        """)
    void is_told_a_sentence_repaired_in_its_own_words(String sentence, String repaired) throws IOException {
        var mistakes = mistakes(PODS + "    When " + sentence.strip() + "\n    Then every flow is as the policies say\n");
        var undefined = mistakes.stream().filter(m -> m.problem().startsWith("no step says this")).toList();
        assertThat(undefined).hasSize(1);
        assertThat(undefined.getFirst().advice()).containsExactly("did you mean: " + repaired.strip());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"\"shop/web\" is not amused by \"shop/api\"", "\"shop/web\" is by no means able to reach \"shop/api\" on TCP/8080",
            "it never rains in \"shop\"", "\"shop/web\" can hardly ever not reach \"shop/api\" on TCP/8080"})
    void never_turns_a_denial_round(String sentence) throws IOException {
        var advice = String.join("\n", mistakes(PODS + "    Then " + sentence + "\n").getFirst().advice());
        assertThat(advice).doesNotContain("can reach \"").contains("the nearest step: ");
    }

    @Test
    void tells_all_sentences_with_the_caret_under_what_does_not_fit() throws IOException {
        assertThat(told(PODS + """
                When "shop" denies egress
                Then "shop/web" cannot reach "shop/api" on 8080
                And "shop/web" cannot reach shop/api on TCP/8080
                And "shop/web" cannot reach "shop/api" on any port
            """)).containsExactly("10:24+6 no step says this: \"all\" is missing",
            "11:48+4 no step says this: a port is written with its protocol, such as TCP/8080",
            "12:33+8 no step says this: a name stands in quotes", "13:47+8 no step says this: it is written: every port");
    }

    @Test
    void tells_the_row_that_lacks_a_cell_and_goes_on() throws IOException {
        assertThat(told(PODS + """
                Then on TCP/8080 the truth table is
                  |          | shop/web | shop/api |
                  | shop/web | -     | blocked |
                  | shop/api | blocked |
                And "shop/web" can reach "shop/aip" on TCP/8080
            """)).containsExactly("13:7+22 this row has 2 cells, the header 3",
            "14:31+8 there is no pod \"shop/aip\"; did you mean \"shop/api\"? There are: shop/api, shop/web");
    }

    @Test
    void tells_every_cell_of_a_table() throws IOException {
        assertThat(told("""
            Feature: Tables
              Scenario: one
                Given the pods
                  | pod     | labels | serves   | starts |
                  | shopweb | app    | TPC/8080 | late   |
                  | shop/ok | app=ok | TCP/80   |        |
                Then on TCP/80 the truth table is
                  |         | shop/ok | shop/no |
                  | shop/ok | opne    | -       |
                And exactly these flows broke
                  | from    | to      | ports |
                  | shop/no | shop/ok | 80    |
            """)).extracting(t -> t.substring(0, t.indexOf(' '))).containsExactly("5:9+7", "5:19+3", "5:28+8", "5:39+4", "8:29+7", "9:19+4",
            "12:9+7", "12:29+2");
    }

    @Test
    void tells_every_mistake_of_a_policy_by_the_lines_and_columns_of_its_own_file() throws IOException {
        assertThat(told(PODS + """
                When this policy is applied to "shop"
                  \"""
                  apiVersion: networking.k8s.io/v1
                  kind: NetworkPolicy
                  metadata: {name: db}
                  spec:
                    podSelectors: {matchLabels: {app: api}}
                    ingres:
                    - from: [{podSelector: {matchLabels: {app: web}}}]
                      ports: [{protocol: tcp, port: 8080}]
                  \"""
                Then "shop/web" can reach "shop/api" on TCP/8080
            """)).containsExactly("16:9+12 unknown field \"podSelectors\" in NetworkPolicy.spec",
            "17:9+6 unknown field \"ingres\" in NetworkPolicy.spec",
            "19:30+3 NetworkPolicy.spec.ingress[0].ports[0].protocol is \"tcp\"");
    }

    @Test
    void tells_needs_and_tags_that_there_are_not() throws IOException {
        assertThat(told("""
            @dual-stak @mine
            Feature: Tags
              @needs:5-node
              Scenario: one
                Then every flow is as the policies say
              @needs:banana @needs:5-nodes @needs:1-node @need:sctp
              Scenario: two
                Then every flow is as the policies say
            """)).containsExactly("1:1+10 there is no tag @dual-stak; did you mean @dual-stack?",
            "3:3+13 there is no need \"5-node\"; did you mean @needs:5-nodes?", "6:3+13 there is no need \"banana\"",
            "6:46+10 there is no tag @need:sctp; did you mean @needs:sctp?");
    }

    @Test
    void tells_words_that_are_almost_keywords_and_takes_them_for_these() throws IOException {
        assertThat(told("""
            Feature: Slips
              The pods of this feature are few, and then there are none.
              An example: it is given that people write prose.

              Backgroud:
                Gvien the pods
                  | pod      | labels  | serves   |
                  | shop/web | app=web | TCP/8080 |
              Scenaro: one
                wehn "shop" denies all ingress
                Then: "shop/wbe" can reach "shop/web" on TCP/8080
            """)).containsExactly("5:3+9 \"Backgroud\" is no keyword", "6:5+5 \"Gvien\" is no keyword, so this line is no step",
            "9:3+7 \"Scenaro\" is no keyword", "10:5+4 \"wehn\" is no keyword, so this line is no step",
            "11:5+5 \"Then:\" is no keyword, so this line is no step",
            "11:12+8 there is no pod \"shop/wbe\"; did you mean \"shop/web\"? There is: shop/web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        Then "shop/wbe" can reach "shop/api" on TCP/8080               ! 11 ! 8
        Then "shop/web" can reach "shop/api" on TCP/9999               ! 45 ! 8
        Then "shop/web" can reach "shop/api" on TCP/http               ! 45 ! 8
        Then every pod of "shoop" can reach "shop/api" on TCP/8080     ! 24 ! 5
        Then pods "app=no" of "shop" can reach "shop/api" on TCP/8080  ! 16 ! 6
        Then "shop/web" can reach host "partner.example" on TCP/443    ! 37 ! 15
        Then node "node-9" can reach "shop/api" on TCP/8080            ! 16 ! 6
        When policy "nothing" is deleted from "shop"                   ! 18 ! 7
        When "shop/api" starts                                         ! 11 ! 8
        When "no/such/file.yaml" is applied to "shop"                  ! 11 ! 17
        When "shop/web" is relabelled "app"                            ! 36 ! 3
        Then "shop/web" can reach "shop/api" on QUIC/443               ! 45 ! 4
        """)
    void has_the_caret_under_the_argument(String step, int column, int width) throws IOException {
        var mistakes = mistakes(PODS + "    " + step + "\n    Then every flow is as the policies say\n");
        assertThat(mistakes).hasSize(1);
        assertThat(List.of(mistakes.getFirst().line(), mistakes.getFirst().column(), mistakes.getFirst().width()))
            .containsExactly(10, column, width);
    }

    @Test
    void is_not_told_what_only_follows() throws IOException {
        assertThat(told("""
            Feature: Once
              Scenario: one
                Given the pods
                  | pod      | labels | serves   |
                  | shop/web | app    | TCP/8080 |
                  | shop/api | app=a  | TCP/8080 |
                Then "shop/web" can reach "shop/api" on TCP/8080
                And "shop/api" can reach "shop/web" on TCP/8080
            """)).hasSize(1).first().asString().startsWith("5:20+3 \"app\" is not a label");
    }

    @Test
    void tells_an_outline_once_for_what_is_wrong_in_one_example() throws IOException {
        var mistakes = mistakes(PODS + """

              Scenario Outline: <whom>
                Then "shop/web" can reach "<whom>" on TCP/8080
                Examples:
                  | whom     |
                  | shop/api |
                  | shop/aip |
            """);
        assertThat(mistakes.stream().filter(m -> m.grade() == Grade.WRONG).toList()).hasSize(1).first().satisfies(m -> {
            assertThat(m.line()).isEqualTo(12);
            assertThat(m.source().substring(m.column() - 1, m.column() - 1 + m.width())).isEqualTo("<whom>");
            assertThat(m.advice()).contains("in the example of line 16: {whom=shop/aip}");
        });
    }

    @Test
    void proves_nothing_by_scenarios_that_claim_nothing() throws IOException {
        var mistakes = mistakes("""
            Feature: Green for nothing
              Scenario: given alone
                Given the pods
                  | pod | labels | serves   |
                  | s/a | app=a  | TCP/8080 |
              Scenario: no steps
              Scenario Outline: no rows <x>
                Then every flow is as the policies say
                Examples:
                  | x |
            """);
        assertThat(mistakes).extracting(Mistake::grade).containsOnly(Grade.PROVES_NOTHING);
        assertThat(mistakes).extracting(m -> m.line() + " " + m.problem()).containsExactly(
            "2 this scenario has no step of Verdict; nothing would be judged", "6 this scenario has no steps",
            "7 this outline has no example, so it makes no scenario");
        assertThat(told("Feature: nobody\n")).containsExactly("1:1+15 this feature has no scenario");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n  \n"})
    void is_empty(String text) throws IOException {
        assertThat(mistakes(text)).hasSize(1).first().satisfies(m -> {
            assertThat(m.line()).isZero();
            assertThat(m.problem()).isEqualTo("is empty; a feature begins with \"Feature: …\"");
        });
    }

    @Test
    void is_no_text() throws IOException {
        var file = Files.write(folder.resolve("bytes.feature"), "Feature: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new FeatureCheck(true).whole(file).mistakes()).extracting(Mistake::problem)
            .containsExactly("is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void has_thousands_of_scenarios() throws IOException {
        var many = IntStream.range(0, 3000).mapToObj(i -> """
              Scenario: %d
                Then "shop/web" can reach "shop/%s" on TCP/8080
            """.formatted(i, i == 2999 ? "aip" : "api")).collect(Collectors.joining());
        assertThat(mistakes(PODS + "    Then every flow is as the policies say\n" + many)).hasSize(1).first().extracting(Mistake::line)
            .isEqualTo(10 + 2 * 3000);
    }

    @Test
    void names_a_node_that_another_cluster_may_have() throws IOException {
        var file = Files.writeString(folder.resolve("node.feature"),
            PODS + "    Then node \"worker-a\" can reach \"shop/api\" on TCP/8080\n");
        assertThat(new FeatureCheck(true).whole(file).mistakes()).hasSize(1);
        assertThat(new FeatureCheck(false).whole(file).mistakes()).isEmpty();
    }
}

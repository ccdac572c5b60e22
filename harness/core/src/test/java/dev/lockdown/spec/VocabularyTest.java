package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vocabulary")
class VocabularyTest {
    private static final String BACKGROUND = """
        Feature: An example
          Scenario: It runs
            Given the pods
              | pod      | labels  | serves                       | node   | starts |
              | shop/web | app=web | TCP/8080, UDP/5353           | node-1 |        |
              | shop/api | app=api | TCP/8080, http=TCP/80, UDP/53 | node-2 |        |
              | shop/job | app=job | TCP/8080                     | node-2 | later  |
            And the services
              | service  | selects | serves         |
              | shop/api | app=api | TCP/80 -> http |
            And the external hosts
              | host            | serves  |
              | partner.example | TCP/443 |
        """;

    private static final String AGAIN =
        "When these happen in turn, 5 times\n  | policy \"deny-all-ingress\" of \"shop\" comes and goes for 100 ms |\n";
    private static final String WATCHED = """
        Given these flows are watched
          | from     | to       | ports    |
          | shop/web | shop/api | TCP/8080 |
        """;

    private static final String HELD = "Given \"shop/web\" to \"shop/api\" on TCP/8080 is held open\n";

    /// Examples of what the embedded cluster does only where a tag asks for it.
    private static final List<String> SILENT = List.of("goes silent", "carries replies only");

    /// What must stand before an example so that what it claims is so.
    private static final Map<String, String> BEFORE = Map.ofEntries(
        Map.entry("\"shop/web\" resolving", """
            Given these flows are watched
              | from     | to | resolves                   |
              | shop/web |    | api.shop.svc.cluster.local |
            """),
        Map.entry("policy \"deny-all\" is deleted", "When \"shop\" denies all ingress and egress"),
        Map.entry("policy \"deny-all\" of \"shop\" is deleted and recreated", "When \"shop\" denies all ingress and egress"),
        Map.entry("every policy of \"shop\" is deleted", "When \"shop\" denies all ingress and egress"),
        Map.entry("these changes are made at once", "When \"shop/api\" stops"),
        Map.entry("\"shop/api\" starts", "When \"shop/api\" stops"),
        Map.entry("\"shop/api\" cannot reach \"shop/web\" on TCP/8080 from port", "When \"shop\" denies all ingress"),
        Map.entry("\"shop/web\" can no longer", "When \"shop\" denies all egress"),
        Map.entry("\"shop/api\" cannot send", "When \"shop\" denies all ingress"),
        Map.entry("on TCP/8080 the truth table is", "When \"shop/web\" is allowed ingress from host \"partner.example\" on TCP/8080"),
        Map.entry("exactly these flows broke", "When this policy is applied to \"shop\"\n" + denyToApi("TCP", 8080)),
        Map.entry("exactly these flows healed",
            "When \"shop\" denies all egress\nAnd \"shop/web\" is allowed egress to \"shop/api\" on TCP/8080"),
        Map.entry("exactly these flows opened",
            "When \"shop\" denies all egress\nAnd \"shop/web\" is allowed egress to \"shop/api\" on TCP/8080"),
        Map.entry("nothing healed", "When \"shop\" denies all ingress\nAnd \"shop\" denies all egress"),
        Map.entry("the connection \"shop/web\" to \"shop/api\" on TCP/8080 is reset", HELD + "When \"shop/api\" stops"),
        Map.entry("the connection \"shop/web\" to \"shop/api\" on TCP/8080 goes silent", HELD + "When \"shop\" denies all ingress"),
        Map.entry("the connection \"shop/web\" to \"shop/api\" on UDP/53 carries replies only",
            HELD.replace("TCP/8080", "UDP/53") + "When \"shop\" denies all ingress"),
        Map.entry("the connection \"shop/web\" to \"shop/api\" on TCP/8080 survives", HELD + "When \"shop\" denies all ingress"),
        Map.entry("the connection \"shop/web\" to \"shop/api\" on TCP/8080 loses no beat", HELD),
        Map.entry("\"shop/web\" to \"shop/api\" on TCP/8080 is cut off", WATCHED + AGAIN + "When \"shop\" denies all ingress"),
        Map.entry("\"shop/web\" to \"shop/api\" on TCP/8080 is back",
            WATCHED + AGAIN + "When \"shop\" denies all ingress\nAnd every policy of \"shop\" is deleted"),
        Map.entry("\"shop/web\" to \"shop/api\" on TCP/8080 was never open", "When \"shop\" denies all ingress\n" + WATCHED),
        Map.entry("\"shop/web\" to \"shop/api\" on TCP/8080 was never shut", WATCHED),
        Map.entry("\"shop/web\" to \"shop/api\" on TCP/8080 is decided",
            "When \"shop\" denies all ingress and egress"));

    static Stream<Vocabulary.Word> words() {
        return Vocabulary.load().words().stream();
    }

    @NamespacesAvailable
    @ParameterizedTest(name = "{0}")
    @MethodSource("words")
    void shows_examples_that_run(Vocabulary.Word word) throws IOException {
        // Inside the clone, from where examples name the fixtures.
        var folder = Files.createDirectories(Path.of("target", "play"));
        var declares = word.part().equals("Setup");
        var background = SILENT.stream().anyMatch(word.example()::contains)
            ? BACKGROUND.replace("  Scenario:", "  @established:silent\n  Scenario:") : BACKGROUND;
        var feature = declares ? "Feature: An example\n  Scenario: It runs\n" : background;
        var play = Play.of(folder, feature + before(word).indent(4) + (word.keyword() + " " + word.example()).indent(4)
            + (declares && !word.example().startsWith("the pods") ? "    And the pods\n      | pod      |\n      | shop/one |\n" : "")
            + (declares ? "    Then every flow is as the policies say\n" : ""));
        // A change or a watch alone proves nothing, and that is all there is to say against it.
        boolean verdict = declares || word.keyword().equals("Then");
        if (play.endings.equals(List.of(Ending.SKIPPED))) {
            assertThat(play.problem()).contains("the embedded cluster has no CNI agent");
            return;
        }
        assertThat(play.problem()).isEqualTo(verdict ? "" : "this scenario has no verdict step; nothing was judged");
        assertThat(play.endings).containsExactly(verdict ? Ending.PASSED : Ending.INCONCLUSIVE);
    }

    private static String before(Vocabulary.Word word) {
        return BEFORE.entrySet().stream().filter(e -> word.example().startsWith(e.getKey())).map(Map.Entry::getValue).findFirst()
            .orElse("");
    }

    private static String denyToApi(String protocol, int port) {
        return """
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: all-but-one}
              spec:
                podSelector: {matchLabels: {app: api}}
                ingress:
                - ports: [{protocol: UDP}, {protocol: %s, port: 80}]
                - from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.42.0.0/16]}}]
              \"""
            """.formatted(protocol, port);
    }

    @Test
    void knows_every_step_of_its_examples() {
        assertThat(Vocabulary.load().words()).hasSizeGreaterThan(25).allSatisfy(w -> assertThat(w.does()).isNotBlank());
    }
}

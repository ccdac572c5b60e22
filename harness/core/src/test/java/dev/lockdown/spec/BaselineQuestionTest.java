package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each scenario holds only because the baseline asked what its last step declares: without the declaration it fails.
@DisplayName("A step that compares with the baseline has it ask")
class BaselineQuestionTest {
    private static final String FEATURE = """
        Feature: Compared with the baseline
          Scenario: One step
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-1 |
              | shop/api | app=api | TCP/8080 | node-2 |
        """;
    private static final String DENY_INGRESS = "When \"shop\" denies all ingress\n";
    private static final String HEAL = """
        When "shop" denies all egress
        And "shop/web" is allowed egress to "shop/api" on TCP/8080
        """;

    @TempDir
    private Path folder;

    static Stream<Arguments> steps() {
        return Stream.of(
            Arguments.of("a name", DENY_INGRESS, "Then \"shop/web\" can still resolve kubernetes.default.svc.cluster.local\n"),
            Arguments.of("a quoted name", DENY_INGRESS, "Then \"shop/web\" can still resolve \"kubernetes.default.svc.cluster.local\"\n"),
            Arguments.of("a name over TCP", DENY_INGRESS,
                "Then \"shop/web\" can still resolve kubernetes.default.svc.cluster.local over TCP\n"),
            Arguments.of("a row's name", DENY_INGRESS, """
                Then "shop/web" can still
                  | resolve | kubernetes.default.svc.cluster.local |     |
                  | resolve | kubernetes.default.svc.cluster.local | UDP |
                """),
            Arguments.of("an echo", DENY_INGRESS, "Then \"shop/web\" can no longer reach \"shop/api\" on TCP/8080 and ICMP\n"),
            Arguments.of("a row's echo", DENY_INGRESS, """
                Then "shop/web" can no longer
                  | reach | "shop/api" | ICMP |
                """),
            Arguments.of("what was shut, of what was open", HEAL, """
                Then exactly these flows healed
                  | from     | to       | ports    |
                  | shop/web | shop/api | TCP/8080 |
                """),
            Arguments.of("what was shut", HEAL, """
                Then exactly these flows opened
                  | from     | to       | ports    |
                  | shop/web | shop/api | TCP/8080 |
                """),
            Arguments.of("what was shut, where nothing opened", "When \"shop\" denies all ingress\nAnd \"shop\" denies all egress\n",
                "Then nothing healed\n"));
    }

    @NamespacesAvailable
    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void about(String what, String before, String step) throws IOException {
        var play = Play.of(folder, FEATURE + (before + step).indent(4));
        assertThat(play.problem()).as(what).isEmpty();
        assertThat(play.endings).containsExactly(Ending.PASSED);
    }

    @Test
    void whatever_its_wording() {
        assertThat(declaring("{name}")).allSatisfy(m -> assertThat(questions(m)).contains(BaselineQuestion.NAME));
        // ICMP has no source port, so the step that names one has nothing to declare.
        assertThat(declaring("{can} reach {peer} on {ports}", "on {ports} the truth table is"))
            .filteredOn(m -> !m.getAnnotation(Then.class).value().contains("from port"))
            .allSatisfy(m -> assertThat(questions(m)).contains(BaselineQuestion.PORTS));
    }

    private static List<Method> declaring(String... parts) {
        var methods = Arrays.stream(VerdictSteps.class.getDeclaredMethods()).filter(m -> m.isAnnotationPresent(Then.class))
            .filter(m -> Arrays.stream(parts).anyMatch(m.getAnnotation(Then.class).value()::contains)).toList();
        assertThat(methods).hasSizeGreaterThan(1);
        return methods;
    }

    private static List<BaselineQuestion> questions(Method method) {
        return Vocabulary.asksBaseline(method.getAnnotation(Then.class).value());
    }
}

package dev.lockdown.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Policies of a scenario that select no pod")
class IdlePoliciesTest {
    @TempDir
    private Path folder;

    private List<Mistake> mistakes(int policies) throws IOException {
        Files.writeString(folder.resolve("idle.yaml"), IntStream.range(0, policies).mapToObj("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: p%1$s, namespace: shop}
            spec: {podSelector: {matchLabels: {app: wbe}}}
            """::formatted).collect(Collectors.joining("---\n")));
        var feature = Files.writeString(folder.resolve("idle.feature"), """
            Feature: Idle

              Scenario: one
                Given the pods
                  | pod      | labels  | serves   |
                  | shop/web | app=web | TCP/8080 |
                And the manifests in "%s"
                Then "shop/web" can reach "shop/web" on TCP/8080
            """.formatted(folder.resolve("idle.yaml")));
        return new FeatureCheck(true).whole(feature).mistakes();
    }

    @Test
    void are_told_with_the_nearest_label_and_where_they_are_written() throws IOException {
        assertThat(mistakes(1)).singleElement().satisfies(m -> {
            assertThat(m.problem()).isEqualTo("policy shop/p0 selects no pod: no pod of shop has app=wbe; did you mean app=web?");
            assertThat(m.advice()).singleElement().asString().startsWith("it is written at ").endsWith("idle.yaml:1:1");
        });
    }

    @Test
    void are_counted_where_there_are_very_many() throws IOException {
        assertThat(mistakes(23)).hasSize(21).last().extracting(Mistake::problem)
            .isEqualTo("3 more policies of this scenario select no pod");
        assertThat(mistakes(21)).last().extracting(Mistake::problem).isEqualTo("1 more policy of this scenario selects no pod");
        assertThat(mistakes(20)).hasSize(20);
    }
}

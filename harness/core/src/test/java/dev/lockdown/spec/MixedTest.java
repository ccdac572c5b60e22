package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A Service of two backends")
class MixedTest {
    @TempDir
    private Path folder;

    private Play play(String serves, String policy, String cell) throws IOException {
        return Play.of(folder, """
            Feature: Two backends
              Scenario: One cell
                Given the pods
                  | pod | labels       | serves | node   |
                  | x/a | app=s, pod=a | TCP/80 | node-1 |
                  | x/b | app=s, pod=b | %s     | node-2 |
                  | y/c | app=c        | TCP/80 | node-1 |
                And the services
                  | service | selects | serves |
                  | x/s     | app=s   | TCP/80 |
                When this policy is applied to "x"
                  \"""
                  apiVersion: networking.k8s.io/v1
                  kind: NetworkPolicy
                  metadata: {name: p}
                  spec: {podSelector: %s}
                  \"""
                Then on TCP/80 the truth table is
                  |     | service x/s |
                  | y/c | %s          |
            """.formatted(serves, policy, cell));
    }

    @Test
    void is_mixed_where_one_is_blocked() throws IOException {
        assertThat(play("TCP/80", "{matchLabels: {pod: b}}, ingress: []", "mixed").endings).containsExactly(Ending.PASSED);
    }

    @Test
    void is_not_open_where_one_is_blocked() throws IOException {
        assertThat(play("TCP/80", "{matchLabels: {pod: b}}, ingress: []", "open").endings).containsExactly(Ending.FAILED);
    }

    @Test
    void is_not_mixed_where_both_are_blocked() throws IOException {
        assertThat(play("TCP/80", "{matchLabels: {app: s}}, ingress: []", "mixed").endings).containsExactly(Ending.FAILED);
    }

    @Test
    void is_inconclusive_and_not_mixed_where_one_serves_nothing() throws IOException {
        var play = play("TCP/81", "{}, ingress: [{}]", "mixed");
        assertThat(play.endings).containsExactly(Ending.INCONCLUSIVE);
        assertThat(play.problem()).contains("some backends answer, but nothing answers on TCP/80 of x/b");
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import io.cucumber.core.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A mistake in a text below a step")
class TextPlaceRunTest {
    @TempDir
    private Path home;

    /// Cucumber runs it, without the check that comes first elsewhere.
    @Test
    void has_the_line_and_the_column_of_its_file() throws IOException {
        var feature = Files.writeString(home.resolve("text.feature"), """
            Feature: Text
              Scenario: Indented
                Given the pods
                  | pod      | serves   |
                  | shop/web | TCP/8080 |
                When this policy is applied to "shop"
                    \"""
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: deny}
                    spec:
                      podSelectr: {}
                    \"""
            """);
        var reports = home.resolve("runs");
        Runnable run = () -> Main.run("--glue", "dev.lockdown.spec", "--plugin", "dev.lockdown.suite.LockdownPlugin:" + reports,
            feature.toString());
        assertThat(catchThrowable(run::run)).isNotNull();
        try (var journals = Files.walk(reports)) {
            var journal = journals.filter(f -> f.endsWith("journal.jsonl")).findFirst().orElseThrow();
            assertThat(Files.readString(journal)).contains("text.feature:12:11: unknown field");
        }
    }
}

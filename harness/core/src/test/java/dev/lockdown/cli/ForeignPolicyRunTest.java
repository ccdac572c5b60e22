package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.report.Run;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("A run whose manifest has a policy of another kind")
class ForeignPolicyRunTest {
    private static final String FEATURE = """
        Feature: Foreign
          Scenario: Denied
            Given the pods
              | pod      | serves   |
              | shop/web | TCP/8080 |
              | shop/api | TCP/8080 |
            When "policies.yaml" is applied to "shop"
            Then "shop/web" cannot reach "shop/api" on TCP/8080
        """;
    private static final String POLICIES = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: deny}
        spec: {podSelector: {}}
        ---
        apiVersion: %s
        kind: %s
        metadata: {name: other}
        spec: {}
        """;

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({"cilium.io/v2, CiliumNetworkPolicy", "projectcalico.org/v3, GlobalNetworkPolicy",
        "policy.networking.k8s.io/v1alpha1, AdminNetworkPolicy", "security.istio.io/v1, AuthorizationPolicy"})
    void proves_nothing_unless_it_is_accepted(String version, String kind) throws IOException {
        var feature = Files.writeString(home.resolve("foreign.feature"), FEATURE).toString();
        Files.writeString(home.resolve("policies.yaml"), POLICIES.formatted(version, kind));
        assertThat(new Typist(home).types("run", feature, "--report", home.resolve("refused").toString()))
            .isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(onlyRun("refused").sentence()).contains("1 of 1 scenario proved nothing", "policies.yaml:6:1: " + kind + " other");
        assertThat(new Typist(home).types("run", feature, "--accept-unseen", "--report", home.resolve("accepted").toString()))
            .isEqualTo(ExitStatus.OK);
    }

    private Run onlyRun(String reports) throws IOException {
        try (var runs = Files.list(home.resolve(reports))) {
            return Run.of(JournalReader.read(runs.findFirst().orElseThrow()));
        }
    }
}

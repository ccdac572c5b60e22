package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A run that is red because of a slip in a policy")
class RepairRunTest {
    private static final String FEATURE = """
        Feature: Slip
          Scenario: A namespace by its name
            Given the pods
              | pod        | labels  | serves   |
              | shop/web   | app=web | TCP/8080 |
              | ingress/gw | app=gw  |          |
            When "policy.yaml" is applied to "shop"
            Then "ingress/gw" can reach "shop/web" on TCP/8080
        """;
    private static final String POLICY = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: from-ingress}
        spec:
          podSelector: {}
          ingress:
          - from:
            - namespaceSelector:
                matchLabels:
                  name: ingress
        """;

    @TempDir
    private Path home;

    @Test
    void says_the_repair_and_says_it_again_from_the_journal() throws IOException {
        var feature = Files.writeString(home.resolve("slip.feature"), FEATURE).toString();
        Files.writeString(home.resolve("policy.yaml"), POLICY);
        var reports = home.resolve("runs");
        assertThat(new Typist(home).types("run", feature, "--report", reports.toString())).isEqualTo(ExitStatus.FAILED);
        var run = onlyRun(reports);
        assertSaysRepair(run);
        for (var report : new String[] {"junit.xml", "report.html"}) Files.delete(run.resolve(report));
        assertThat(new Typist(home).types("report", run.toString())).isEqualTo(ExitStatus.OK);
        assertSaysRepair(run);
    }

    private static void assertSaysRepair(Path run) throws IOException {
        var said = "policy.yaml:10: policy shop/from-ingress selects namespaces by name: ingress";
        assertThat(Files.readString(run.resolve("junit.xml")).replaceAll("\\s+", " ")).contains(said,
            "use kubernetes.io/metadata.name: ingress");
        assertThat(Files.readString(run.resolve("report.html"))).contains(said, "use kubernetes.io/metadata.name: ingress");
    }

    private static Path onlyRun(Path reports) throws IOException {
        try (var runs = Files.list(reports)) {
            return runs.findFirst().orElseThrow();
        }
    }
}

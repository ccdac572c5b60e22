package dev.lockdown.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("How much a scenario asks")
class LargeScenarioTest {
    private static final String FEATURE = """
        Feature: A thousand pods
          Scenario: some of them
            Given the manifests in "app.yaml"
            When "shop" denies all ingress
            Then pods "app=web" cannot reach "shop/api-1" on TCP/8080
            And "shop/web-1" can resolve kubernetes.default
          Scenario: all of them
            Given the manifests in "app.yaml"
            When "shop" denies all ingress
            Then "shop/web-1" cannot reach "shop/api-1" on TCP/8080
            And exactly these flows broke
              | from       | to         | ports    |
              | shop/web-1 | shop/api-1 | TCP/8080 |
          Scenario: many of them
            Given the manifests in "app.yaml"
            Then pods "app=web" can reach pods "app=api" on TCP/8080
            And pods "app=api" can reach pods "app=web" on TCP/8080
        """;

    @TempDir
    private Path folder;

    private static String deployment(String name, int replicas) {
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, namespace: shop}
            spec:
              replicas: %2$s
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [{name: it, image: it, ports: [{containerPort: 8080}]}]}
            """.formatted(name, Integer.toString(replicas));
    }

    private FeaturesCheck check() throws IOException {
        Files.writeString(folder.resolve("app.yaml"), deployment("web", 600) + deployment("api", 400));
        return FeaturesCheck.of(List.of(Files.writeString(folder.resolve("large.feature"), FEATURE).toString()), true);
    }

    @Test
    void is_known_before_it_runs() throws IOException {
        var check = check();
        assertThat(check.mistakes()).isEmpty();
        // Pods to pods, DNS over UDP and TCP, and the API; each pod's own node to it.
        assertThat(check.scenarios()).extracting(s -> s.size().pods() + ": " + s.size().flows()).containsExactly("1000: 601",
            "1000: " + (1000 * (1000 + 3) + 1000), "1000: 480000");
    }

    @Test
    void is_said_where_it_is_much() throws IOException {
        assertThat(CheckText.large(check())).containsExactly(
            "note: %s/large.feature:7 asks 1,004,000 flows, between 1,000 pods, in every round (on the embedded cluster some 2 min), as line 11 speaks of every flow; steps that name pods ask less, and so do fewer replicas"
                .formatted(folder),
            "note: %s/large.feature:14 asks 480,000 flows, between 1,000 pods, in every round (on the embedded cluster some 60 s), as its steps claim so many; name fewer pods in them, and so do fewer replicas"
                .formatted(folder));
    }
}

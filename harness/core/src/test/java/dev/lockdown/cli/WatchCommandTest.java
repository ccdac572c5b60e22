package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.report.Run;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("watch")
class WatchCommandTest {
    private static final String FEATURE = """
        Feature: Watched
          Scenario: One policy
            Given the pods
              | pod      | serves   |
              | shop/web | TCP/8080 |
              | shop/api | TCP/8080 |
            When "%s" is applied to "shop"
            Then "shop/web" can reach "shop/api" on TCP/8080
        """;
    private static final String OPEN = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: rule}
        spec: {podSelector: {}, ingress: [{}]}
        """;

    @TempDir
    private Path home;

    private final Thread watching = new Thread(this::watch);

    private void watch() {
        new Typist(home).types("watch", home.resolve("features").toString(), "--report", home.resolve("runs").toString());
    }

    @AfterEach
    void end() throws InterruptedException {
        if (watching.getState() == Thread.State.NEW) return;
        watching.interrupt();
        watching.join(Duration.ofSeconds(30));
        assertThat(watching.isAlive()).isFalse();
    }

    @Test
    void runs_again_what_a_saved_file_touches_and_nothing_else() throws IOException {
        Files.createDirectories(home.resolve("features"));
        for (var name : List.of("a", "b")) {
            Files.writeString(home.resolve(name + ".yaml"), OPEN);
            Files.writeString(home.resolve("features/" + name + ".feature"), FEATURE.formatted(home.resolve(name + ".yaml")));
        }
        watching.start();
        assertThat(features(runs(1).getFirst())).containsExactly("a.feature", "b.feature");

        Files.writeString(home.resolve("b.yaml"), OPEN.replace("[{}]", "[]"));
        var second = runs(2).getLast();
        assertThat(features(second)).containsExactly("b.feature");
        assertThat(Objects.requireNonNull(second.finished()).exitStatus()).isEqualTo(ExitStatus.FAILED.code());

        Files.writeString(home.resolve("features/a.feature"), FEATURE.formatted(home.resolve("a.yaml")) + "\n");
        assertThat(features(runs(3).getLast())).containsExactly("a.feature");
    }

    @Test
    void refuses_what_is_not_there() {
        var typist = new Typist(home);
        assertThat(typist.types("watch", home.resolve("nothing").toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("there is no feature or folder");
    }

    private static List<String> features(Run run) {
        return run.features().stream().map(f -> String.valueOf(Path.of(f.path()).getFileName())).toList();
    }

    /// The runs that have ended, the oldest first, once there are so many.
    private List<Run> runs(int count) {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50)).until(this::ended, ended -> ended.size() == count);
    }

    private List<Run> ended() throws IOException {
        var folder = home.resolve("runs");
        if (!Files.exists(folder)) return List.of();
        try (var runs = Files.list(folder)) {
            return runs.filter(Files::isDirectory).filter(run -> Files.exists(run.resolve("junit.xml"))).sorted()
                .map(run -> Run.of(JournalReader.read(run))).filter(run -> run.finished() != null).toList();
        }
    }
}

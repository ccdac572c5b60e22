package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Needs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// k3s in containers, wherever there is Docker and its image. From the clone:
///
/// ```
/// LOCKDOWN_K3S_TEST=1 mvn verify -pl harness/core -am -Djvm=$JAVA_HOME/bin/java -Dtest=K3sForRealTest -Dsurefire.failIfNoSpecifiedTests=false
/// ```
/// LOCKDOWN_K3S_VERSION and LOCKDOWN_K3S_CNI choose others than the default ones. The JVM of other tests has no network.
final class K3sForRealTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void twoNodesComeUpAnswerAndLeaveNothing() {
        assumeTrue("1".equals(System.getenv("LOCKDOWN_K3S_TEST")), "k3s is not started: LOCKDOWN_K3S_TEST=1 does, where Docker is");
        var request = request();
        var kubeconfigs = new ArrayList<String>();
        try (var backend = new K3sBackend(request, (kubeconfig, _, _) -> {
            kubeconfigs.add(kubeconfig);
            return new Nothing();
        }, new Teller(), InstantSource.system())) {
            backend.bringUp();
            try (var view = Fabric8View.of(kubeconfigs.getFirst())) {
                assertThat(view.ready(List.of("node-1", "node-2"))).isEqualTo(new Look(true, "ready"));
                assertThat(view.dns().good()).isTrue();
            }
            assertThat(told).filteredOn(t -> t.startsWith("done")).extracting(t -> t.split(" ")[1])
                .containsSubsequence("image", "API", "nodes", "CNI", "DNS");
        } finally {
            told.forEach(System.out::println);
        }
        assertThat(Leftovers.find()).extracting(Leftovers.Leftover::what).noneMatch(w -> w.contains(request.run()));
    }

    private static K3sRequest request() {
        var top = Path.of("../..");
        var cni = System.getenv("LOCKDOWN_K3S_CNI");
        return new K3sRequest(CniCatalog.in(top.resolve("fixtures/cnis")).choose(cni, null, false),
            K3sVersions.read(top.resolve("fixtures/k3s.yaml")).choose(System.getenv("LOCKDOWN_K3S_VERSION")), 2, false,
            "docker.io/library/eclipse-temurin:25-jre", null, null, null, null, false, false, UUID.randomUUID().toString());
    }

    private final class Teller implements Progress {
        @Override
        public void waiting(String phase, String what, Duration since) {
            told.add("%s waits %s: %s".formatted(phase, since, what));
        }

        @Override
        public void done(String phase, Duration took) {
            told.add("done %s %s".formatted(phase, took));
        }

        @Override
        public void note(String text) {
            told.add(text);
        }
    }

    private static final class Nothing implements Backend {
        @Override
        public Cluster start(Needs needs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isolatesScenarios() { return false; }

        @Override
        public void close() {}
    }
}

package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A scenario that rests on what becomes of established connections")
class EstablishedTagTest {
    private static final String FEATURE = """
        Feature: Held

          %s
          Scenario: It survives
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
              | shop/api | app=api | TCP/8080 |
            And "shop/web" to "shop/api" on TCP/8080 is held open
            When "shop" denies all ingress
            Then the connection "shop/web" to "shop/api" on TCP/8080 survives
        """;

    @TempDir
    private Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    /// What other clusters are like: what they do with established connections is their own, and some cannot hold any.
    private record Other(EmbeddedBackend embedded, @Nullable Established established, boolean holds) implements Backend {
        @Override
        public Cluster start(Needs needs) {
            var cluster = embedded.start(new Needs(needs.nodes(), needs.families()));
            return (Cluster) Proxy.newProxyInstance(Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("established")) return established;
                    if (method.getName().equals("hold") && !holds) throw new UnsupportedException("connections cannot be held open here");
                    try {
                        return method.invoke(cluster, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        }

        @Override
        public boolean isolatesScenarios() {
            return true;
        }

        @Override
        public void close() {
            embedded.close();
        }
    }

    private List<Ending> run(String tag, @Nullable Established established, boolean holds) throws IOException {
        var feature = Files.writeString(folder.resolve("play.feature"), FEATURE.formatted(tag));
        try (var backend = new Other(EmbeddedBackend.sound(InstantSource.system()), established, holds)) {
            return Specification.select(List.of(feature.toString()), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1);
        }
    }

    private String problem() {
        return journal.stream().filter(Entry.StepFinished.class::isInstance).map(e -> ((Entry.StepFinished) e).problem())
            .filter(p -> p != null).findFirst().orElse("");
    }

    @Test
    void runs_on_a_cluster_that_is_known_to_do_so() throws IOException {
        assertThat(run("@established:survives", Established.SURVIVES, true)).containsExactly(Ending.PASSED);
    }

    @Test
    void is_skipped_on_a_cluster_that_does_otherwise() throws IOException {
        assertThat(run("@established:silent", Established.SURVIVES, true)).containsExactly(Ending.SKIPPED);
        assertThat(problem()).isEqualTo("@established:silent: this cluster does otherwise with established connections: survives");
    }

    @Test
    void is_skipped_on_a_cluster_of_which_nobody_knows() throws IOException {
        assertThat(run("@established:survives", null, true)).containsExactly(Ending.SKIPPED);
        assertThat(problem()).isEqualTo("@established:survives: what this cluster does with established connections is not known");
    }

    @Test
    void is_skipped_where_no_connection_can_be_held() throws IOException {
        assertThat(run("", null, false)).containsExactly(Ending.SKIPPED);
        assertThat(problem()).isEqualTo("connections cannot be held open here");
    }

    @Test
    void asks_for_one_treatment() throws IOException {
        assertThat(run("@established:survives @established:reset", Established.SURVIVES, true)).containsExactly(Ending.WRONG_INPUT);
        assertThat(journal.stream().filter(Entry.ScenarioFinished.class::isInstance).map(e -> ((Entry.ScenarioFinished) e).problem()))
            .singleElement().asString().contains("a cluster treats established connections in one way");
    }
}

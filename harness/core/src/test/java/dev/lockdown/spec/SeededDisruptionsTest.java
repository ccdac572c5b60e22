package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("Disruptions that chance decides")
class SeededDisruptionsTest {
    private static final String FEATURE = """
        Feature: Seeded

          Scenario: one
            Given the pods
              | pod    | labels |
              | shop/a | app=a  |
              | shop/b | app=b  |
              | shop/c | app=c  |
              | shop/d | app=d  |
              | back/e |        |
            When these happen at random, 2 times
              | a random half of namespace "shop" is locked down for 1 ms |
              | a random half of the namespaces is locked down for 1 ms   |
              | pods of "shop" churn at 6000 a minute for 30 ms           |
            Then every flow is as the policies say
        """;

    @TempDir
    private Path folder;

    /// Everything that was done to the cluster.
    private List<String> play(long seed) throws IOException {
        var journal = Collections.synchronizedList(new ArrayList<Entry>());
        var file = Files.writeString(folder.resolve("seeded.feature"), FEATURE);
        try (var backend = EmbeddedBackend.sound(InstantSource.system())) {
            assertThat(Specification.select(List.of(file.toString()), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false).seeded(seed), 1))
                .containsExactly(Ending.PASSED);
        }
        var done = new ArrayList<String>();
        for (var entry : journal) {
            if (entry instanceof Entry.Disrupted d) done.add(d.words());
            if (entry instanceof Entry.Applied a) a.edits().forEach(e -> done.add(e.toString()));
        }
        return done;
    }

    @Test
    void are_the_same_again_for_the_same_seed() throws IOException {
        var first = play(4711);
        assertThat(first).filteredOn(d -> d.contains("churn-")).isNotEmpty();
        assertThat(play(4711)).isEqualTo(first);
        assertThat(play(4712)).isNotEqualTo(first);
    }
}

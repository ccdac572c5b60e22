package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Shards that are merged")
class ReportedShardsTest {
    private static final String FEATURE = """
        @conformance
        Feature: Shared out

          Scenario Outline: Number <n>
            Given the pods
              | pod      | serves   |
              | shop/web | TCP/8080 |
              | shop/api | TCP/8080 |
            When "shop" denies all ingress
            Then "shop/web" cannot reach "shop/api" on TCP/8080

            Examples:
              | n |
              | 1 |
              | 2 |
              | 3 |
              | 4 |
        """;

    private Path folder;
    private final List<Path> shards = new ArrayList<>();

    @BeforeAll
    void run(@TempDir Path temporary) throws IOException {
        folder = temporary;
        var feature = Files.writeString(folder.resolve("shared.feature"), FEATURE);
        for (int i = 1; i <= 3; i++) shards.add(run(feature, "shard-" + i, "--shard", i + "/3"));
    }

    private Path run(Path feature, String name, String... options) throws IOException {
        var words = new ArrayList<>(List.of("run", feature.toString(), "--report", folder.resolve(name).toString()));
        words.addAll(List.of(options));
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types(words.toArray(String[]::new))).as(typist.err()).isEqualTo(ExitStatus.OK);
        try (var runs = Files.list(folder.resolve(name))) {
            return runs.findFirst().orElseThrow();
        }
    }

    private String reported(ExitStatus expected, Object... words) {
        var typist = new Typist(folder, InstantSource.system());
        var all = new ArrayList<>(List.of("report"));
        for (var word : words) all.add(word.toString());
        assertThat(typist.types(all.toArray(String[]::new))).as(typist.err() + typist.out()).isEqualTo(expected);
        return typist.out() + typist.err();
    }

    @Test
    void are_one_run() throws IOException {
        var merged = folder.resolve("merged");
        var history = folder.resolve("history");
        assertThat(reported(ExitStatus.OK, shards.get(0), shards.get(1), shards.get(2), "--into", merged, "--history", history))
            .contains("All 4 scenarios passed").doesNotContain("missing");
        assertThat(merged.resolve("conformance-report.yaml")).content().contains("Passed: 4");
        try (var all = Files.walk(history)) {
            var digest = HistoryFolder.readFile(all.filter(Files::isRegularFile).findFirst().orElseThrow(), note -> {
                throw new AssertionError(note);
            });
            assertThat(digest.scenarios()).hasSize(4).allSatisfy(
                s -> assertThat(s.steps()).singleElement().satisfies(step -> assertThat(step.verdicts()).hasSize(1)));
            assertThat(digest.info().exitStatus()).isZero();
        }
    }

    @Test
    void prove_nothing_of_what_those_would_have_run_that_are_not_there() {
        assertThat(reported(ExitStatus.INCONCLUSIVE, shards.get(1), "--into", folder.resolve("one")))
            .contains("2 shards of 3 missing: 1, 3; what they were to run is not known");
        assertThat(reported(ExitStatus.INCONCLUSIVE, shards.get(0), shards.get(2), "--into", folder.resolve("two")))
            .contains("1 shard of 3 missing: 2;");
    }

    @Test
    void are_refused_where_their_features_or_their_numbers_differ() throws IOException {
        var other = Files.writeString(folder.resolve("other.feature"), FEATURE.replace("all ingress", "all ingress and egress"));
        var into = folder.resolve("refused");
        assertThat(reported(ExitStatus.BAD_INPUT, shards.get(0), run(other, "other", "--shard", "2/3"), "--into", into))
            .contains("are shards of different features or of different selections", "expected the shards of one run");
        assertThat(reported(ExitStatus.BAD_INPUT, shards.get(0), run(other, "fewer", "--shard", "2/2"), "--into", into))
            .contains("is of 2 shards, ", " of 3");
        assertThat(into).doesNotExist();
    }

    @Test
    void may_lie_elsewhere_than_they_were_run() throws IOException {
        var moved = Files.createDirectories(folder.resolve("moved")).resolve("shared.feature");
        Files.writeString(moved, FEATURE);
        assertThat(reported(ExitStatus.INCONCLUSIVE, shards.get(0), run(moved, "elsewhere", "--shard", "2/3"), "--into",
            folder.resolve("both"))).contains("1 shard of 3 missing: 3;");
    }
}

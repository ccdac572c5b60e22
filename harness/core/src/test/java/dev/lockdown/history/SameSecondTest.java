package dev.lockdown.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run is named by the second in which it begins.
@DisplayName("Two runs that began in one second")
class SameSecondTest {
    private static final Instant AT = Instant.parse("2026-11-30T05:21:27.100Z");
    private static final RunDigest ONE = run(AT, Status.PASSED);
    private static final RunDigest OTHER = run(AT.plusMillis(700), Status.FAILED);

    private static RunDigest run(Instant at, Status status) {
        return new RunDigest(
            new RunInfo(at, "20261130-052127", "1", "embedded", List.of(), null, 0, null, Duration.ofSeconds(1), Map.of()),
            List.of(new ScenarioDigest("a.feature", "Cut off", 1, 3, List.of(), List.of(status), Duration.ofSeconds(1), null, List.of(),
                List.of(), List.of(), List.of())));
    }

    private static List<Status> statuses(RunDigest run) {
        return run.scenarios().stream().flatMap(s -> s.statuses().stream()).toList();
    }

    @Test
    void are_two_in_a_file_that_git_merged() {
        var merged = "<<<<<<< HEAD\n%s=======\n%s>>>>>>> other\n".formatted(DigestWriter.text(ONE), DigestWriter.text(OTHER));
        assertThat(statuses(DigestReader.read("merged.jsonl", merged.lines().toList(), _ -> {}))).containsExactly(Status.PASSED);
    }

    /// The clock knows more than a journal, from which `report --history` has it.
    @Test
    void are_one_where_the_second_is_read_from_the_journal_of_the_first(@TempDir Path path) {
        var history = new HistoryFolder(path);
        var first = history.add(run(AT.plusNanos(284_405), Status.PASSED));
        assertThat(history.add(run(AT.plusNanos(284_000), Status.PASSED))).isEqualTo(first);
    }

    @Test
    void are_both_kept_and_each_of_them_once(@TempDir Path path) throws IOException {
        var history = new HistoryFolder(path);
        for (var run : List.of(ONE, OTHER, ONE, OTHER)) history.add(run);
        assertThat(history.read(_ -> {}).values().stream().flatMap(List::stream).map(kept -> statuses(kept.digest(_ -> {}))))
            .containsExactly(List.of(Status.PASSED), List.of(Status.FAILED));
        try (Stream<Path> files = Files.walk(path)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2);
        }
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.journal.EntryWriter;
import dev.lockdown.state.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What --failed runs again")
class RerunTest {
    private static final Instant AT = Instant.parse("2026-11-28T09:00:00Z");

    @TempDir
    private Path folder;

    private Path run(Entry... entries) throws IOException {
        var writer = new EntryWriter();
        var bytes = new ByteArrayOutputStream();
        for (var entry : entries) bytes.writeBytes(writer.line(entry));
        Files.write(folder.resolve("journal.jsonl"), bytes.toByteArray());
        return folder;
    }

    private static Entry.RunStarted begun() {
        return new Entry.RunStarted(AT, "r", "0.1.0", "embedded", 1, List.of("./lockdown", "run"));
    }

    private static Entry started(String feature, int line) {
        return new Entry.ScenarioStarted(AT, feature + line, feature, "A", null, "a", line, List.of());
    }

    private static Entry finished(String feature, int line, Status status) {
        return new Entry.ScenarioFinished(AT, feature + line, status, Duration.ZERO, null);
    }

    @Test
    void is_no_test_in_java() throws IOException {
        var run = run(begun(), started("src/test/java/example/TeamTest.java", 3), finished("src/test/java/example/TeamTest.java", 3,
            Status.FAILED));
        assertThatThrownBy(() -> Rerun.selections(run, _ -> {})).isInstanceOf(InputException.class)
            .hasMessageContaining("tells of tests in Java").hasMessageEndingWith("\n  run them where they are: mvn test -Dtest=TeamTest");
    }

    @Test
    void is_also_what_never_ran() throws IOException {
        var run = run(begun(), Entry.Planned.of(AT, Map.of("a.feature", List.of(3, 5, 7)), 1), started("a.feature", 3),
            finished("a.feature", 3, Status.PASSED), started("a.feature", 5));
        assertThat(Rerun.selections(run, _ -> {})).containsExactly("a.feature:5", "a.feature:7");
    }

    @Test
    void loses_nothing_by_a_torn_line_in_the_middle() throws IOException {
        var run = run(begun(), Entry.Planned.of(AT, Map.of("a.feature", List.of(3, 5)), 1), started("a.feature", 3),
            finished("a.feature", 3, Status.PASSED), started("a.feature", 5), finished("a.feature", 5, Status.PASSED));
        var lines = new ArrayList<>(Files.readAllLines(run.resolve("journal.jsonl")));
        lines.set(3, lines.get(3).substring(0, 30));
        Files.write(run.resolve("journal.jsonl"), lines);
        var notes = new ArrayList<String>();
        assertThat(Rerun.selections(run, notes::add)).containsExactly("a.feature:3");
        assertThat(notes).singleElement().asString().contains("journal.jsonl:4: this line is torn");
    }

    @Test
    void is_nothing_where_all_passed() throws IOException {
        var run = run(begun(), Entry.Planned.of(AT, Map.of("a.feature", List.of(3)), 1), started("a.feature", 3),
            finished("a.feature", 3, Status.PASSED), new Entry.RunFinished(AT, 0, Duration.ZERO, null));
        assertThatThrownBy(() -> Rerun.selections(run, _ -> {})).isInstanceOf(InputException.class)
            .hasMessage("every scenario of %s passed or was skipped; there is nothing to run again".formatted(run));
    }

    @Test
    void is_not_known_of_a_run_that_did_not_even_say_what_it_would_run() throws IOException {
        for (var journal : List.of(run(), run(begun())))
            assertThatThrownBy(() -> Rerun.selections(journal, _ -> {})).isInstanceOf(InputException.class)
                .hasMessageContaining("did not end, and its journal does not say what it was to run");
    }

    @Test
    void is_never_what_is_no_feature() throws IOException {
        for (var feature : List.of("/etc/passwd", "@dns", "not @dns", "(x)")) {
            var run = run(begun(), started(feature, 3), finished(feature, 3, Status.FAILED));
            assertThatThrownBy(() -> Rerun.selections(run, _ -> {})).isInstanceOf(InputException.class)
                .hasMessage("%s tells of \"%s:3\", which is no feature".formatted(run, feature));
        }
    }

    @Test
    void is_found_from_another_folder() throws IOException {
        var project = Files.createDirectories(folder.resolve("project"));
        var feature = Files.writeString(project.resolve("a.feature"), "Feature: A");
        var run = Files.createDirectories(project.resolve("reports/1"));
        Files.move(
            run(new Entry.RunStarted(AT, "1", "0.1.0", "embedded", 1, List.of("lockdown", "run"), "../.."),
                Entry.Planned.of(AT, Map.of("a.feature", List.of(3), "gone.feature", List.of(4)), 1)).resolve("journal.jsonl"),
            run.resolve("journal.jsonl"));
        assertThat(Rerun.selections(run, _ -> {})).containsExactly(feature + ":3", "gone.feature:4");
        assertThat(Rerun.selections(run.resolve("journal.jsonl"), _ -> {})).containsExactly(feature + ":3", "gone.feature:4");
        var moved = Files.move(project, folder.resolve("elsewhere"));
        assertThat(Rerun.selections(moved.resolve("reports/1"), _ -> {})).containsExactly(moved.resolve("a.feature") + ":3",
            "gone.feature:4");
    }

    @Test
    void is_the_working_folders_where_the_journal_does_not_say_whose() throws IOException {
        Files.writeString(folder.resolve("a.feature"), "Feature: A");
        assertThat(Rerun.selections(run(begun(), Entry.Planned.of(AT, Map.of("a.feature", List.of(3)), 1)), _ -> {}))
            .containsExactly("a.feature:3");
    }
}

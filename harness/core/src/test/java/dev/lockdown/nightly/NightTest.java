package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.history.HistoryFolder;
import dev.lockdown.history.RunDigest;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.journal.EntryWriter;
import dev.lockdown.nightly.CellOutcome.State;
import dev.lockdown.report.Script;
import dev.lockdown.state.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cells are run by a script in place of the launcher, which does what the cell's `features` says.
@DisplayName("A night")
class NightTest {
    private static final String MATRIX = """
        include:
        - {name: good, cluster: embedded, features: good}
        - {name: red, cluster: embedded, features: red, priority: 5}
        - {name: away, cluster: embedded, features: away}
        - {name: hangs, cluster: embedded, features: hangs, deadline: 1s}
        - {name: killed, cluster: embedded, features: killed}
        """;

    @TempDir
    private Path folder;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private Path launcher;

    @BeforeEach
    void prepare() throws IOException {
        journal("good", Script.run().scenario(3, Status.PASSED, null, _ -> {}).finished(0, null));
        journal("red", Script.run().scenario(3, Status.FAILED, "it differs", _ -> {}).finished(1, null));
        journal("hangs", Script.run().scenario(3, Status.PASSED, null, _ -> {}).started("features/a.feature", 9));
        launcher = Files.writeString(folder.resolve("launcher"), """
            #!/bin/sh
            # run FEATURE --cluster embedded … --report DIR --keep-reports 100
            echo "$@" >>%1$s/calls
            what=${2##*/}
            for word; do [ "$before" = --report ] && report=$word; before=$word; done
            [ "$what" = away ] && { echo "error: no cluster here" >&2; exit 3; }
            [ "$what" = killed ] && kill -9 $$
            mkdir -p "$report/20261122-140311"
            cp "%1$s/$what.jsonl" "$report/20261122-140311/journal.jsonl"
            case $what in red) exit 1 ;; hangs) trap 'exit 130' TERM; while :; do sleep 0.1; done ;; esac
            """.formatted(folder));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    private void journal(String name, Script script) throws IOException {
        var lines = new ByteArrayOutputStream();
        var writer = new EntryWriter();
        for (Entry entry : script.entries()) lines.writeBytes(writer.line(entry));
        Files.write(folder.resolve(name + ".jsonl"), lines.toByteArray());
    }

    private Night begin(String matrix, NightFolder night, @Nullable Duration budget) throws IOException {
        Files.createDirectories(night.path());
        var plan = new Night.Plan(List.of(launcher.toString()), 2, budget, false, new HistoryFolder(folder.resolve("history")),
            InstantSource.system());
        return Night.begin(Matrix.read(folder.resolve("matrix.yaml"), matrix, "features"), plan, night, new Night.Listener() {
            @Override
            public void began(MatrixCell cell) {
                heard.add("began " + cell.name());
            }

            @Override
            public void ended(MatrixCell cell, CellOutcome outcome, @Nullable RunDigest digest) {
                heard.add("ended %s %s".formatted(cell.name(), outcome.state()));
            }

            @Override
            public void note(String sentence) {
                heard.add(sentence);
            }
        });
    }

    private List<String> calls() throws IOException {
        return Files.exists(folder.resolve("calls")) ? Files.readAllLines(folder.resolve("calls")) : List.of();
    }

    @Test
    void keeps_apart_what_failed_what_could_not_start_what_hung_and_what_was_killed() throws Exception {
        try (var night = begin(MATRIX, new NightFolder(folder.resolve("night")), null)) {
            night.run();
            assertThat(night.outcomes().values()).extracting(CellOutcome::state).containsExactly(State.DONE, State.DONE, State.CANNOT_START,
                State.HUNG, State.BROKEN);
            assertThat(night.outcomes().values()).extracting(CellOutcome::problem).containsExactly(null, null, "error: no cluster here",
                "it was ended by its deadline of 1 s", "it ended with status 137: it said nothing");
            assertThat(night.digests().get("hangs").scenarios()).extracting(s -> s.worst()).containsExactly(Status.PASSED,
                Status.INCONCLUSIVE);
            // Two may run at once, and either may be told first.
            assertThat(heard.stream().filter(h -> h.startsWith("began")).limit(2)).contains("began red");
        }
        assertThat(new HistoryFolder(folder.resolve("history")).read(_ -> {}).keySet()).containsExactlyInAnyOrder("good", "red", "hangs");
    }

    @Test
    void that_is_resumed_runs_no_cell_again_that_was_over() throws Exception {
        var folderOfNight = new NightFolder(folder.resolve("night"));
        try (var night = begin(MATRIX, folderOfNight, null)) {
            night.run();
        }
        int before = calls().size();
        // As a kill leaves it: the line of the last cell was being written.
        var lines = Files.readAllLines(folderOfNight.outcomes());
        Files.writeString(folderOfNight.outcomes(), String.join("\n", lines.subList(0, lines.size() - 1)) + "\n{\"cell\":\"");
        try (var night = begin(MATRIX, folderOfNight, null)) {
            night.run();
            assertThat(night.outcomes()).hasSize(5);
            assertThat(night.digests().keySet()).contains("good", "red");
        }
        assertThat(calls()).hasSize(before + 1);
    }

    @Test
    void that_is_short_says_what_it_did_not_run() throws Exception {
        try (var night = begin(MATRIX, new NightFolder(folder.resolve("night")), Duration.ofNanos(1))) {
            night.run();
            assertThat(night.outcomes().values()).extracting(CellOutcome::state).containsOnly(State.NOT_RUN);
            assertThat(night.outcomes().values()).extracting(CellOutcome::problem).containsOnly("the night's time was over");
        }
        assertThat(calls()).isEmpty();
    }

    @Test
    void that_is_interrupted_ends_its_cells_and_leaves_them_to_be_run_again() throws Exception {
        var folderOfNight = new NightFolder(folder.resolve("night"));
        try (var night = begin("include: [{name: hangs, cluster: embedded, features: hangs}]", folderOfNight, null)) {
            var running = Thread.ofPlatform().start(() -> {
                try {
                    night.run();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            while (!Files.exists(folder.resolve("night/hangs/20261122-140311/journal.jsonl"))) Thread.sleep(10);
            night.interrupt();
            assertThat(running.join(Duration.ofSeconds(20))).isTrue();
            assertThat(night.isInterrupted()).isTrue();
        }
        assertThat(folderOfNight.known()).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(p -> p.info().command().orElse("").contains("launcher"))).isEmpty();
    }

    @Test
    void is_held_by_one_process_at_a_time() throws IOException {
        var folderOfNight = new NightFolder(folder.resolve("night"));
        try (var first = begin(MATRIX, folderOfNight, null)) {
            assertThat(first.outcomes()).isEmpty();
            assertThatThrownBy(() -> begin(MATRIX, folderOfNight, null)).isInstanceOf(InputException.class)
                .hasMessageContaining("another nightly is at work in");
        }
    }
}

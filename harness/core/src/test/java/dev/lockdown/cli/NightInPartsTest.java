package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.history.HistoryFolder;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.journal.EntryWriter;
import dev.lockdown.report.Script;
import dev.lockdown.run.ExitStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cells are run by a script in place of the launcher.
@DisplayName("A night whose cells were run by jobs of a CI")
class NightInPartsTest {
    @TempDir
    private Path home;

    @BeforeEach
    void prepare() throws IOException {
        for (var name : List.of("good", "red")) Files.writeString(home.resolve(name + ".feature"), "Feature: x\n");
        Files.writeString(home.resolve("matrix.yaml"), """
            include:
            - {name: good, cluster: embedded, features: good.feature}
            - {name: red, cluster: embedded, features: red.feature}
            """);
        journal("good", Script.run().scenario(3, Status.PASSED, null, _ -> {}).finished(0, null));
        journal("red", Script.run().scenario(3, Status.FAILED, "it differs", _ -> {}).finished(1, null));
        var launcher = Files.writeString(home.resolve("lockdown"), """
            #!/bin/sh
            what=${2##*/} what=${what%%.feature}
            for word; do [ "$before" = --report ] && report=$word; before=$word; done
            mkdir -p "$report/20261122-140311"
            echo "what it printed"
            cp "%1$s/$what.jsonl" "$report/20261122-140311/journal.jsonl"
            [ "$what" = good ]
            """.formatted(home));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    private void journal(String name, Script script) throws IOException {
        var lines = new ByteArrayOutputStream();
        var writer = new EntryWriter();
        for (Entry entry : script.entries()) lines.writeBytes(writer.line(entry));
        Files.write(home.resolve(name + ".jsonl"), lines.toByteArray());
    }

    private String path(String name) {
        return home.resolve(name).toString();
    }

    /// The one folder that a job leaves, moved as artifacts are.
    private Path job(String cell, ExitStatus expected) throws IOException {
        var typist = new Typist(home);
        assertThat(typist.types("nightly", path("matrix.yaml"), "--cell", cell, "--report", path("job"), "--history", path("own")))
            .as(typist.err()).isEqualTo(expected);
        try (var nights = Files.list(home.resolve("job"))) {
            var artifact = home.resolve("artifact-" + cell);
            Files.move(nights.toList().getFirst(), artifact);
            return artifact;
        }
    }

    private Typist merge(ExitStatus expected, Path... jobs) {
        var typist = new Typist(home);
        var words = new ArrayList<>(List.of("nightly", path("matrix.yaml"), "--report", path("nights"), "--history", path("kept"),
            "--merge"));
        for (var job : jobs) words.add(job.toString());
        assertThat(typist.types(words.toArray(String[]::new))).as(typist.err()).isEqualTo(expected);
        return typist;
    }

    private Path whole() throws IOException {
        try (var nights = Files.list(home.resolve("nights"))) {
            return nights.toList().getFirst();
        }
    }

    @Test
    void runs_the_cell_that_is_named_alone() throws IOException {
        assertThat(job("good", ExitStatus.OK).resolve("summary.md")).content().contains("| good |").doesNotContain("| red |");
    }

    @Test
    void is_told_as_one_that_ran_here() throws IOException {
        var good = job("good", ExitStatus.OK);
        var red = job("red", ExitStatus.FAILED);
        var typist = merge(ExitStatus.FAILED, good, red);
        assertThat(typist.err()).contains("✓ good", "✗ red ");
        assertThat(whole().resolve("summary.md")).content().contains("| good | good |", "| red | failed |");
        assertThat(whole().resolve("junit.xml")).content().contains("it differs");
        assertThat(whole().resolve("red/output.txt")).content().contains("what it printed");
        assertThat(whole().resolve("nightly.json")).content().contains(whole().resolve("good/20261122-140311").toString());
        assertThat(new HistoryFolder(home.resolve("kept")).read(_ -> {})).containsOnlyKeys("good", "red");
    }

    /// Its job was killed: nothing is known of it, and the others do not make up for that.
    @Test
    void misses_a_cell_that_no_job_left() throws IOException {
        var typist = merge(ExitStatus.INCONCLUSIVE, job("good", ExitStatus.OK));
        assertThat(typist.err()).contains("✗ red   none of the nights that were merged has it");
        assertThat(whole().resolve("summary.md")).content().contains("none of the nights that were merged has it");
    }

    @Test
    void counts_a_cell_that_was_run_again_as_the_last_has_it() throws IOException {
        var first = job("red", ExitStatus.FAILED);
        var before = Files.move(first, home.resolve("artifact-before"));
        Files.copy(home.resolve("good.jsonl"), home.resolve("red.jsonl"), StandardCopyOption.REPLACE_EXISTING);
        var lines = Files.readString(before.resolve("cells.jsonl")).replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"2026-11-21T00:00:00Z\"");
        Files.writeString(before.resolve("cells.jsonl"), lines);
        var again = job("red", ExitStatus.OK);
        for (var order : List.of(List.of(before, again), List.of(again, before))) {
            var typist = merge(ExitStatus.INCONCLUSIVE, order.getFirst(), order.getLast());
            assertThat(typist.err()).contains("✓ red ");
        }
    }

    @Test
    void is_of_one_matrix() throws IOException {
        var red = job("red", ExitStatus.FAILED);
        Files.writeString(home.resolve("matrix.yaml"), "include: [{name: good, cluster: embedded, features: good.feature}]\n");
        var typist = merge(ExitStatus.BAD_INPUT, red, home.resolve("nowhere"));
        assertThat(typist.err()).contains(red + " has a cell red, which the matrix has not",
            "nowhere is no folder of a night: there is no matrix.yaml in it",
            "expected the folders that `nightly` makes for cells of this matrix: good");
        assertThat(home.resolve("nights")).doesNotExist();
    }

    @Test
    void names_the_cells_that_there_are() {
        var typist = new Typist(home);
        assertThat(typist.types("nightly", path("matrix.yaml"), "--cell", "god")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("the matrix has no cell \"god\"", "expected one of good, red");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--jobs=2", "--for=1h", "--bisect", "--cell=good"})
    void takes_no_option_of_running(String option) {
        var typist = new Typist(home);
        assertThat(typist.types("nightly", path("matrix.yaml"), option, "--merge", path("x"))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--merge runs no cell; leave out " + option.replaceFirst("=.*", ""));
    }
}

package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Older runs")
class OldRunsTest {
    @TempDir
    private Path reports;

    @Test
    void are_removed_with_everything_in_them_but_for_the_newest() throws IOException {
        var first = run("20261122-140311");
        var second = run("20261122-140311-2");
        var tenth = run("20261122-140311-10");
        var last = run("20261123-000000");
        assertThat(new OldRuns(reports).prune(2, null)).containsExactly(first, second);
        assertThat(children()).containsExactlyInAnyOrder(tenth, last);
    }

    @Test
    void stay_as_long_as_they_are_few() throws IOException {
        var only = run("20261122-140311");
        assertThat(new OldRuns(reports).prune(1, null)).isEmpty();
        assertThat(children()).containsExactly(only);
    }

    @Test
    void are_only_what_is_named_like_a_run_and_holds_a_journal() throws IOException {
        var others = List.of(Files.createDirectory(reports.resolve("20261122-140311")), Files.createDirectory(reports.resolve("keep-me")),
            run("2026-baseline"), run("20261122-140311-old"), Files.createFile(reports.resolve("20261122-140312")));
        var elsewhere = run("elsewhere");
        var link = Files.createSymbolicLink(reports.resolve("20261122-140313"), elsewhere);
        var newest = run("20261123-000000");
        assertThat(new OldRuns(reports).prune(1, null)).isEmpty();
        assertThat(children()).containsAll(others).contains(elsewhere, link, newest);
        assertThat(new RunFolder(elsewhere).journal()).exists();
    }

    @Test
    void do_not_take_along_what_they_link_to() throws IOException {
        var old = run("20261122-140311");
        var precious = Files.writeString(Files.createDirectory(reports.resolve("precious")).resolve("file"), "kept");
        Files.createSymbolicLink(old.resolve("link"), precious.getParent());
        run("20261123-000000");
        assertThat(new OldRuns(reports).prune(1, null)).containsExactly(old);
        assertThat(precious).hasContent("kept");
    }

    @Test
    void are_not_those_that_are_still_being_written() throws IOException {
        var live = run("20261122-140311");
        var killed = run("20261122-140312");
        Files.createFile(killed.resolve(".running"));
        run("20261123-000000");
        try (var _ = RunLock.hold(new RunFolder(live))) {
            assertThat(new OldRuns(reports).prune(1, null)).containsExactly(killed);
        }
        assertThat(new OldRuns(reports).prune(1, null)).containsExactly(live);
    }

    @Test
    void are_never_the_run_that_was_just_written_whatever_the_clock_said() throws IOException {
        var own = run("20200101-000000");
        var newer = run("20261123-000000");
        assertThat(new OldRuns(reports).prune(1, new RunFolder(own))).isEmpty();
        assertThat(children()).containsExactlyInAnyOrder(own, newer);
    }

    @Test
    void are_not_all_of_them() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OldRuns(reports).prune(0, null))
            .withMessage("0 runs cannot be kept; at least 1");
    }

    @Test
    void are_none_where_nothing_ran() throws IOException {
        assertThat(new OldRuns(reports.resolve("nowhere")).prune(1, null)).isEmpty();
    }

    private Path run(String id) throws IOException {
        var folder = Files.createDirectory(reports.resolve(id));
        Files.createFile(new RunFolder(folder).journal());
        Files.createFile(Files.createDirectory(folder.resolve("allure-results")).resolve("x.json"));
        return folder;
    }

    private List<Path> children() throws IOException {
        try (var children = Files.list(reports)) {
            return children.toList();
        }
    }
}

package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run's folder")
class RunFolderTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T13:03:11.9Z"), ZoneId.of("Europe/Berlin"));

    @TempDir
    Path place;

    @Test
    void is_named_after_the_second_of_its_start_in_the_clocks_zone() {
        var folder = RunFolder.create(place.resolve("made/on/demand"), CLOCK);
        assertThat(folder.path()).isEqualTo(place.resolve("made/on/demand/20261122-140311")).isDirectory();
        assertThat(folder.id()).isEqualTo("20261122-140311");
    }

    @Test
    void has_a_place_for_all_that_a_run_leaves() {
        var folder = new RunFolder(place);
        assertThat(List.of(folder.journal(), folder.html(), folder.junit(), folder.conformanceMarkdown(), folder.conformanceJson()))
            .containsExactly(place.resolve("journal.jsonl"), place.resolve("report.html"), place.resolve("junit.xml"),
                place.resolve("conformance.md"), place.resolve("conformance.json"));
    }

    @Test
    void knows_the_working_folder_as_it_is_seen_from_there() throws IOException {
        var folder = new RunFolder(place);
        var base = folder.base();
        assertThat(base).isNotBlank().doesNotStartWith("/");
        assertThat(place.toRealPath().resolve(base).toRealPath()).isEqualTo(Path.of("").toRealPath());
        assertThat(folder.from(base).toRealPath()).isEqualTo(Path.of("").toRealPath());
        assertThat(folder.from("..")).isEqualTo(place.toRealPath().getParent());
    }

    @Test
    void begins_in_the_working_folder_where_another_is_not_known() {
        assertThat(new RunFolder(place).from(null)).isEqualTo(Path.of(""));
        assertThat(new RunFolder(place).from("gone")).isEqualTo(Path.of(""));
        var gone = new RunFolder(place.resolve("gone"));
        assertThat(gone.from("..")).isEqualTo(Path.of(""));
        assertThat(gone.base()).isNull();
    }

    @Test
    void gets_a_suffix_where_the_name_is_taken() {
        assertThat(List.of(RunFolder.create(place, CLOCK).id(), RunFolder.create(place, CLOCK).id(), RunFolder.create(place, CLOCK).id()))
            .containsExactly("20261122-140311", "20261122-140311-2", "20261122-140311-3");
    }

    @Test
    void belongs_to_one_run_alone_even_if_many_start_at_once() throws InterruptedException, ExecutionException {
        var folders = new ArrayList<Future<RunFolder>>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 64; i++) folders.add(threads.submit(() -> RunFolder.create(place, CLOCK)));
        }
        var paths = new ArrayList<Path>();
        for (var folder : folders) paths.add(folder.get().path());
        assertThat(paths).doesNotHaveDuplicates().hasSize(64);
    }

    @Test
    void cannot_be_made_inside_a_file() throws IOException {
        var file = Files.createFile(place.resolve("file"));
        assertThatThrownBy(() -> RunFolder.create(file, CLOCK)).isInstanceOf(JournalException.class).hasMessage("""
                cannot make a run's folder in %s: %s is not a directory
                  choose another place with --report DIR""".formatted(file, file));
    }
}

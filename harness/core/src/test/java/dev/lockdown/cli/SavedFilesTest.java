package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Files that are looked at again")
class SavedFilesTest {
    @TempDir
    private Path folder;

    @Test
    void are_told_once_when_they_were_written_added_or_deleted() throws IOException {
        var kept = Files.writeString(folder.resolve("kept"), "a");
        var written = Files.writeString(folder.resolve("written"), "a");
        var deleted = Files.writeString(folder.resolve("deleted"), "a");
        var saved = new SavedFiles(Set.of(folder));
        assertThat(saved.changed(Set.of(folder))).isEmpty();

        Files.writeString(written, "longer");
        Files.delete(deleted);
        var added = Files.writeString(Files.createDirectory(folder.resolve("below")).resolve("added"), "a");
        assertThat(saved.changed(Set.of(folder))).containsExactly(added, deleted, written).doesNotContain(kept);
        assertThat(saved.changed(Set.of(folder))).isEmpty();
    }

    @Test
    void are_told_when_an_editor_puts_another_of_the_same_length_and_time_in_their_place() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "one");
        var time = FileTime.from(Instant.parse("2026-11-22T14:03:11Z"));
        Files.setLastModifiedTime(file, time);
        var saved = new SavedFiles(Set.of(file));
        var other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(saved.changed(Set.of(file))).containsExactly(file);
    }

    @Test
    void are_settled_when_nobody_writes_any_more() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "one");
        var saved = new SavedFiles(Set.of(folder));
        Files.writeString(file, "");
        assertThat(saved.settled(Set.of(folder))).isEmpty();
        Files.writeString(file, "two");
        var other = Files.writeString(folder.resolve("other"), "");
        assertThat(saved.settled(Set.of(folder))).isEmpty();
        assertThat(saved.settled(Set.of(folder))).containsExactly(file, other);
        assertThat(saved.settled(Set.of(folder))).isEmpty();
    }

    @Test
    void may_be_gone_altogether() {
        var saved = new SavedFiles(Set.of(folder.resolve("nothing")));
        assertThat(saved.changed(Set.of(folder.resolve("nothing")))).isEmpty();
    }
}

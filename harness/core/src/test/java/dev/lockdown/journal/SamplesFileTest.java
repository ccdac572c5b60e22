package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.flow.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Samples of watched flows")
class SamplesFileTest {
    private static final Entry STARTED =
        new Entry.RunStarted(Instant.parse("2026-11-28T12:00:00Z"), "r", "1", "embedded", 7, List.of("run"));

    @TempDir
    private Path path;

    private static Entry sampled(int flow, int count) {
        return new Entry.Sampled(Instant.EPOCH, "a.feature:3", 1, flow, new SampleRun(10, 20, count, Seen.OPEN));
    }

    private List<Entry> samples() {
        var entries = new ArrayList<Entry>();
        JournalReader.samples(path, note -> {
            throw new AssertionError(note);
        }, entries::add);
        return entries;
    }

    @Test
    void stand_in_a_file_beside_the_journal() throws IOException {
        var folder = new RunFolder(path);
        try (var journal = Journal.in(folder)) {
            for (var entry : List.of(STARTED, sampled(0, 11), sampled(1, 12))) journal.append(entry);
        }
        assertThat(folder.samples()).hasFileName("samples.jsonl");
        assertThat(folder.windows()).isEqualTo(path.resolve("windows.json"));
        assertThat(Files.readAllLines(folder.journal())).singleElement().asString().contains("run-started");
        assertThat(Files.readAllLines(folder.samples())).hasSize(2);
        assertThat(samples()).containsExactly(sampled(0, 11), sampled(1, 12));
        assertThat(JournalReader.read(path)).hasSize(1);
    }

    @Test
    void are_none_where_nothing_was_watched() {
        try (var journal = Journal.in(new RunFolder(path))) {
            journal.append(STARTED);
        }
        assertThat(new RunFolder(path).samples()).doesNotExist();
        assertThat(samples()).isEmpty();
    }

    @Test
    void are_heard_of_by_who_listens_to_the_journal() {
        var heard = new ArrayList<Entry>();
        try (var journal = Journal.inMemory()) {
            journal.listen(heard::add);
            journal.append(sampled(0, 3));
        }
        assertThat(heard).containsExactly(sampled(0, 3));
    }
}

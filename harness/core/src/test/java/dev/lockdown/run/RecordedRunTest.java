package dev.lockdown.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.RunFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run that is recorded")
final class RecordedRunTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    /// What goes on has lost its cluster, and would be told as broken.
    @Test
    void hears_nothing_more_when_it_is_interrupted() {
        var heard = new ArrayList<Entry>();
        var plugins = new Entry.Plugins(CLOCK.instant(), List.of());
        try (var run = RecordedRun.in(RunFolder.create(folder, CLOCK), CLOCK)) {
            run.start("1", "k3s", 7, List.of("./lockdown", "run"));
            run.listen(heard::add);
            run.append(plugins);
            run.interrupt();
            run.append(plugins);
        }
        assertThat(heard).hasSize(2).startsWith(plugins).last().isInstanceOf(Entry.RunFinished.class);
    }
}

package dev.lockdown.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.journal.Journal;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.RunBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The folder of a failed scenario")
class FailureFoldersTest {
    private static final Instant AT = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    Path folder;

    private FailureFolders folders() {
        return new FailureFolders(new RunFolder(folder));
    }

    @Test
    void is_named_after_the_file_and_the_line() throws IOException {
        assertThat(folders().keep("features/chaos/win dows.feature:23", Map.of("policies.json", "[]"))).isEqualTo("failures/win-dows-23");
        assertThat(folder.resolve("failures/win-dows-23/policies.json")).hasContent("[]");
    }

    @Test
    void is_its_own_where_files_have_the_same_name() {
        folders().keep("features/dns.feature:4", Map.of("policies.json", "[]"));
        assertThat(folders().keep("other/dns.feature:4", Map.of("policies.json", "[]"))).isEqualTo("failures/dns-4-2");
    }

    @Test
    void is_not_made_where_the_cluster_tells_nothing() {
        assertThat(folders().keep("features/dns.feature:4", Map.of())).isNull();
        assertThat(folder.resolve("failures")).doesNotExist();
    }

    @Test
    void has_its_part_of_the_journal_and_the_command_that_repeats_it() throws IOException {
        var run = new RunFolder(folder);
        var builder = new RunBuilder();
        try (var journal = Journal.in(run)) {
            journal.listen(builder);
            journal.append(new Entry.RunStarted(AT, "r", "1", "kubeconfig", 7,
                List.of("./lockdown", "run", "--cluster", "kubeconfig", "features")));
            for (int line : List.of(4, 9)) {
                var id = "features/dns.feature:" + line;
                var kept = line == 9 ? folders().keep(id, Map.of("policies.json", "[]")) : null;
                journal.append(new Entry.ScenarioStarted(AT, id, "features/dns.feature", "DNS", null, "Names", line, List.of()));
                journal.append(new Entry.ScenarioFinished(AT, id, Status.FAILED, Duration.ZERO, "no", kept));
            }
        }
        RunArtifacts.write(builder.run(), run, folder);
        var bundle = folder.resolve("failures/dns-9");
        assertThat(bundle.resolve("rerun.txt")).hasContent("./lockdown run features/dns.feature:9 --cluster kubeconfig\n");
        assertThat(Files.readAllLines(bundle.resolve("journal.jsonl"))).hasSize(3).allMatch(l -> !l.contains("dns.feature:4\""));
        assertThat(Files.readString(run.html())).contains("href=\"failures/dns-9/\"");
    }
}

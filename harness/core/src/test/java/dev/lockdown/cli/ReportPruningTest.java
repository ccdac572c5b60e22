package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The folder of reports")
class ReportPruningTest {
    private static final String FEATURE = """
        Feature: Short
          Scenario: One pod
            Given the pods
              | pod      | serves   |
              | shop/web | TCP/8080 |
            Then every flow is as the policies say
        """;

    @TempDir
    private Path home;

    @Test
    void is_pruned_when_somebody_asks_and_says_what_went() throws IOException {
        for (int second = 10; second < 13; second++) run("20261122-1403" + second);
        var typist = new Typist(home);
        assertThat(typist.types("report", "--prune", "--keep-reports", "2")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).isEqualTo("removed " + home.resolve("reports/20261122-140310") + "\n");
        assertThat(home.resolve("reports/20261122-140310")).doesNotExist();
        assertThat(home.resolve("reports/20261122-140311")).exists();
    }

    @Test
    void keeps_twenty_runs_unless_told_otherwise() throws IOException {
        for (int second = 10; second < 31; second++) run("20261122-1403" + second);
        var typist = new Typist(home);
        typist.types("report", "--prune");
        assertThat(typist.out().lines()).hasSize(1);
        typist.types("report", "--prune");
        assertThat(typist.out())
            .endsWith("there are at most 20 runs in %s that are over; nothing was removed\n".formatted(home.resolve("reports")));
    }

    @Test
    @NamespacesAvailable
    void keeps_the_run_that_was_just_written_and_as_many_as_asked_for() throws IOException {
        for (int second = 10; second < 13; second++) run("20261122-1403" + second);
        var feature = Files.writeString(home.resolve("short.feature"), FEATURE);
        var typist = new Typist(home);
        assertThat(typist.types("run", feature.toString(), "--keep-reports", "2")).isEqualTo(ExitStatus.OK);
        assertThat(typist.err()).contains("removed 2 older runs from %s (--keep-reports 2)".formatted(home.resolve("reports")));
        try (var runs = Files.list(home.resolve("reports"))) {
            assertThat(runs.toList()).hasSize(2).contains(home.resolve("reports/20261122-140312"))
                .allSatisfy(r -> assertThat(r.resolve(".running")).doesNotExist())
                .anySatisfy(r -> assertThat(r.resolve("report.html")).exists());
        }
    }

    private void run(String id) throws IOException {
        Files.createFile(Files.createDirectories(home.resolve("reports").resolve(id)).resolve("journal.jsonl"));
    }
}

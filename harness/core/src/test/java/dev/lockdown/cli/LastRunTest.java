package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The last run")
class LastRunTest {
    @TempDir
    private Path home;

    private Path run(String path) throws IOException {
        var run = Files.createDirectories(home.resolve(path));
        Files.createFile(run.resolve("journal.jsonl"));
        return run;
    }

    private Path last() {
        return new LastRun(home).find(home.resolve("target"), home.resolve("reports"));
    }

    @Test
    void is_the_one_that_was_remembered() throws IOException {
        var mine = run("mine/20261128-090000");
        run("reports/20261128-100000");
        new LastRun(home).remember(new RunFolder(mine));
        assertThat(last()).isEqualTo(mine);
    }

    @Test
    void may_be_that_of_a_suite_which_ran_later() throws IOException {
        new LastRun(home).remember(new RunFolder(run("mine/20261128-090000")));
        run("target/20261128-085959");
        assertThat(last()).isEqualTo(home.resolve("mine/20261128-090000"));
        var later = run("target/20261128-090001");
        assertThat(last()).isEqualTo(later);
    }

    @Test
    void is_the_newest_report_where_none_was_remembered() throws IOException {
        assertThatThrownBy(this::last).isInstanceOf(InputException.class).hasMessageContaining("there is no earlier run in");
        run("reports/20261128-090000");
        var newest = run("reports/20261128-090001");
        assertThat(last()).isEqualTo(newest);
    }

    @Test
    @NamespacesAvailable
    void is_still_the_users_when_the_class_cache_was_trained() throws IOException {
        var typist = new Typist(Path.of("../..").toAbsolutePath().normalize());
        var before = Files.exists(remembered()) ? Files.readString(remembered()) : "none";
        new Training(typist.context()).run();
        assertThat(Files.exists(remembered()) ? Files.readString(remembered()) : "none").isEqualTo(before);
    }

    private static Path remembered() {
        return Path.of("../../.lockdown/last-run");
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A failure")
class FailuresTest {
    @TempDir
    private Path home;

    @Test
    void of_the_environment_is_its_message_and_status_3() {
        var typist = new Typist(home);
        var status = new Failures(typist.context()).tell(new EnvironmentException("no nftables\n  install it", null), List.of());
        assertThat(status).isEqualTo(ExitStatus.CANNOT_RUN);
        assertThat(typist.err()).isEqualTo("error: no nftables\n  install it\n");
    }

    @Test
    void of_a_name_that_this_locale_cannot_spell_is_no_defect() {
        var typist = new Typist(home);
        assertThat(new Failures(typist.context()).tell(new InvalidPathException("\ufffd.feature", "Malformed input"), List.of("run")))
            .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).isEqualTo("error: there can be no file called \ufffd.feature here: Malformed input; "
            + "a name that is not ASCII needs a locale such as LC_ALL=C.UTF-8\n");
    }

    @Test
    void that_nobody_foresaw_is_two_lines_on_the_terminal() {
        var typist = new Typist(home);
        var status = new Failures(typist.context()).tell(new IllegalStateException("left is right\nand wrong"), List.of("run"));
        assertThat(status).isEqualTo(ExitStatus.DEFECT);
        assertThat(typist.err()).isEqualTo("""
            error: a defect of Lockdown's own: java.lang.IllegalStateException: left is right
            report it with %s
            """.formatted(file()));
    }

    @Test
    void that_nobody_foresaw_leaves_all_that_a_report_needs() throws IOException {
        new Failures(new Typist(home).context()).tell(new IllegalStateException("left is right"), List.of("run", "@dns"));
        assertThat(Files.readString(file())).contains("lockdown ", "java " + Runtime.version(), System.getProperty("os.version"),
            "arguments: run @dns",
            "at dev.lockdown.cli.FailuresTest");
    }

    private Path file() {
        return home.resolve(".lockdown/defect-%d.txt".formatted(Typist.NOW.toEpochMilli()));
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.run.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A command line")
class CommandTreeTest {
    private final Typist typist;

    CommandTreeTest(@TempDir Path home) {
        typist = new Typist(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rnu                                   | there is no command "rnu"                        | did you mean run?
        dev fromat                            | there is no command "fromat"                     | did you mean format?
        run --clutser x                       | there is no option "--clutser"                   | did you mean --cluster?
        docter --fix                          | there is no command "docter"                     | did you mean doctor?
        zzzzzzzz                              | there is no command "zzzzzzzz"                   | see: ./lockdown --help
        run --seed                            | --seed needs its N                               | see: ./lockdown run --help
        run --seed x                          | --seed: "x" is not a number                      | see: ./lockdown run --help
        run --repeat 0                        | --repeat: 0 is not a number of times; at least 1 | see: ./lockdown run --help
        run --output xml                      | --output: "xml" is no output; expected text, json or jsonl | see: ./lockdown run --help
        run --context a                       | --context belongs to --cluster kubeconfig        | see: ./lockdown run --help
        run --cluster kubeconfig:a --context b | two contexts: a by --cluster and b by --context | see: ./lockdown run --help
        report                                | RUN is missing                                   | see: ./lockdown report --help
        run --keep-reports 0                  | --keep-reports: 0 runs cannot be kept; at least 1, the newest | see: ./lockdown run --help
        report --prune --keep-reports 0       | --keep-reports: 0 runs cannot be kept; at least 1, the newest | see: ./lockdown report --help
        report --keep-reports 3               | --keep-reports belongs to --prune                | see: ./lockdown report --help
        report --prune reports/x              | --prune makes no report; leave out RUN           | see: ./lockdown report --help
        doctor x                              | "x" is too much                                  | see: ./lockdown doctor --help
        """)
    void that_is_wrong_says_what_and_what_to_do(String line, String error, String next) {
        assertThat(typist.types(line.split(" "))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err().lines().limit(2)).containsExactly("error: " + error, "  " + next);
    }

    @Test
    void that_is_wrong_prints_nothing_on_standard_output() {
        typist.types("run", "--nonsense");
        assertThat(typist.out()).isEmpty();
    }

    @Test
    void of_nothing_shows_what_there_is() {
        assertThat(typist.types()).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).contains("run ", "doctor ", "130   interrupted, after cleaning up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "steps", "report", "doctor", "dev"})
    void of_every_command_has_its_help(String command) {
        assertThat(typist.types(command, "--help")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).startsWith("Usage: ./lockdown " + command);
        assertThat(typist.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void that_asks_for_the_version_names_the_platform_too() {
        typist.types("--version");
        assertThat(typist.out()).startsWith("lockdown ").contains("java " + Runtime.version());
    }
}

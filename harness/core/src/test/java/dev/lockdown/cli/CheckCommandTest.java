package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("lockdown check")
class CheckCommandTest {
    private static final String GOOD = """
        Feature: Good
          @quick
          Scenario: first
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
            Then every flow is as the policies say
          Scenario: second
            Then every flow is as the policies say
        """;

    @TempDir
    private Path folder;
    private Typist typist = new Typist(Path.of(""));

    @BeforeEach
    void writes_features() throws IOException {
        typist = new Typist(folder);
        Files.writeString(folder.resolve("good.feature"), GOOD);
    }

    private ExitStatus check(String... words) {
        var all = new String[words.length + 1];
        all[0] = "check";
        System.arraycopy(words, 0, all, 1, words.length);
        return typist.types(all);
    }

    @Test
    void of_what_is_right_says_so() {
        assertThat(check(folder.toString())).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).isEqualTo("2 scenarios in 1 feature: no mistakes\n");
    }

    @Test
    void tells_the_mistakes_of_every_file() throws IOException {
        Files.writeString(folder.resolve("bad.feature"),
            "Feature: x\n  Scenario: y\n    When \"shop\" denies egress\n    Then nothing broke\n");
        Files.writeString(folder.resolve("empty.feature"), "");
        assertThat(check(folder.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.out()).contains("did you mean: \"shop\" denies all egress",
            "error: %s/empty.feature is empty; a feature begins with \"Feature: …\"".formatted(folder));
    }

    @Test
    void of_what_would_prove_nothing_is_inconclusive() throws IOException {
        Files.writeString(folder.resolve("none.feature"), "Feature: x\n  Scenario: y\n");
        assertThat(check(folder.toString())).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(typist.out()).startsWith("inconclusive: ").contains("this scenario has no steps")
            .endsWith("1 that would prove nothing\n");
    }

    @Test
    void lists_what_a_run_of_the_same_words_would_run() {
        assertThat(check("--list", folder.toString(), "@quick")).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).isEqualTo("%s/good.feature:3  first\n1 scenario in 1 feature: no mistakes\n".formatted(folder));
    }

    @Test
    void of_one_scenario_leaves_out_the_others() throws IOException {
        Files.writeString(folder.resolve("good.feature"), GOOD + "  Scenario: third\n    Then nothing is real\n");
        assertThat(check(folder.resolve("good.feature") + ":3")).isEqualTo(ExitStatus.OK);
        assertThat(check(folder.resolve("good.feature").toString())).isEqualTo(ExitStatus.BAD_INPUT);
    }

    @Test
    void is_what_a_run_does_first() throws IOException {
        Files.writeString(folder.resolve("bad.feature"),
            "Feature: x\n  Scenario: y\n    When \"shop\" denies egress\n    Then noting broke\n");
        assertThat(typist.types("run", folder.resolve("bad.feature").toString(), "--report", folder.resolve("reports").toString()))
            .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).startsWith("error: 3 mistakes, and nothing was started\n").contains("bad.feature:3:24: ",
            "bad.feature:4:10: ");
        assertThat(folder.resolve("reports")).doesNotExist();
    }
}

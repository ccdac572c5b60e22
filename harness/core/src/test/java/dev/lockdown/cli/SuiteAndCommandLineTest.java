package dev.lockdown.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.report.Run;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.suite.ScenarioError;
import io.cucumber.core.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A suite of one failed and one broken scenario")
class SuiteAndCommandLineTest {
    private static final Pattern COUNTS = Pattern.compile("<testsuites [^>]*?(tests=.*?)(?: time=[^>]*)?>");
    private static final String FEATURE = """
        @conformance
        Feature: Red

          Background:
            Given the pods
              | pod      | serves   |
              | shop/web | TCP/8080 |
              | shop/api | TCP/8080 |

          Scenario: Fails
            Then "shop/web" cannot reach "shop/api" on TCP/8080

          Scenario: Is broken
            Then "shop/web" cannot resolve nobody.shop.svc.cluster.local
        """;

    @TempDir
    private Path home;

    @Test
    void ends_as_it_ends_on_the_command_line() throws IOException {
        var feature = Files.writeString(home.resolve("red.feature"), FEATURE).toString();
        var typed = new Typist(home).types("run", feature);
        assertThat(suite(feature)).isNotEmpty();
        var commandLine = onlyRun("reports");
        var suite = onlyRun("suite");
        assertThat(typed).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(exitStatus(commandLine)).isEqualTo(typed.code());
        assertThat(exitStatus(suite)).isEqualTo(typed.code());
        assertThat(run(suite).sentence()).isEqualTo(run(commandLine).sentence()).contains("1 of 2 scenarios could not be run");
        assertThat(counts(suite)).isEqualTo(counts(commandLine)).contains("tests=\"2\"", "failures=\"1\"", "errors=\"1\"");
    }

    @Test
    void leaves_the_same_files() throws IOException {
        var feature = Files.writeString(home.resolve("red.feature"), FEATURE).toString();
        new Typist(home).types("run", feature);
        assertThat(suite(feature)).isNotEmpty();
        assertThat(onlyRun("suite").toFile().list()).contains("conformance.md", "conformance.json", "report.html", "junit.xml")
            .containsExactlyInAnyOrderElementsOf(withoutAllure(onlyRun("reports")));
    }

    /// Allure's results are the command line's alone, in the folder of the first run of a JVM.
    private static List<String> withoutAllure(Path run) throws IOException {
        try (var files = Files.list(run)) {
            return files.map(f -> f.getFileName().toString()).filter(f -> !f.equals("allure-results")).toList();
        }
    }

    /// Run it as Maven and IDEs do, by Cucumber.
    ///
    /// @return what fails the build, or an empty text
    private String suite(String... words) {
        var all = new ArrayList<>(
            List.of("--glue", "dev.lockdown.spec", "--plugin", "dev.lockdown.suite.LockdownPlugin:" + home.resolve("suite")));
        all.addAll(List.of(words));
        try {
            Main.run(all.toArray(String[]::new));
            return "";
        } catch (RuntimeException | ScenarioError e) {
            return messages(e);
        }
    }

    private static String messages(Throwable e) {
        var cause = e.getCause() == null ? "" : messages(e.getCause());
        return e.getMessage() + "\n" + cause + Stream.of(e.getSuppressed()).map(SuiteAndCommandLineTest::messages).collect(joining());
    }

    @Test
    void fails_with_the_excerpt_the_caret_and_the_report() throws IOException {
        var feature = Files.writeString(home.resolve("red.feature"), FEATURE.replace("Scenario: Is broken", "@other\n  Scenario: x"));
        assertThat(suite(feature.toString(), "--tags", "not @other")).contains("shop/web reaches shop/api on TCP/8080", feature + ":11:10",
            "11 | Then \"shop/web\" cannot reach", "   |      ^^^^", "report: " + onlyRun("suite").resolve("report.html"));
    }

    @Test
    void fails_where_nothing_is_selected() throws IOException {
        var feature = Files.writeString(home.resolve("red.feature"), FEATURE);
        System.setProperty("cucumber.filter.tags", "@conformanze");
        try {
            assertThat(suite(feature.toString())).contains("no scenario has the tag @conformanze; did you mean @conformance?", "report: ");
        } finally {
            System.clearProperty("cucumber.filter.tags");
        }
        assertThat(exitStatus(onlyRun("suite"))).isEqualTo(ExitStatus.BAD_INPUT.code());
    }

    @Test
    void fails_where_nothing_is_claimed() throws IOException {
        var feature = Files.writeString(home.resolve("red.feature"), "Feature: F\n  Scenario: Empty\n");
        assertThat(suite(feature.toString())).contains("inconclusive: this scenario has no step; nothing was judged", "report: ");
        assertThat(exitStatus(onlyRun("suite"))).isEqualTo(ExitStatus.INCONCLUSIVE.code());
    }

    @Test
    void fails_where_everything_is_skipped() throws IOException {
        var feature = Files.writeString(home.resolve("red.feature"), FEATURE.replace("@conformance", "@needs:sctp"));
        assertThat(suite(feature.toString())).contains("Nothing was proven: all 2 scenarios were skipped", "skipped: ", "report: ");
    }

    private Path onlyRun(String reports) throws IOException {
        try (var runs = Files.list(home.resolve(reports))) {
            return runs.reduce((_, _) -> {
                throw new AssertionError("two runs in " + reports);
            }).orElseThrow();
        }
    }

    private static Run run(Path folder) {
        return Run.of(JournalReader.read(folder));
    }

    private static int exitStatus(Path folder) {
        var finished = run(folder).finished();
        return finished == null ? -1 : finished.exitStatus();
    }

    private static String counts(Path folder) throws IOException {
        var counts = COUNTS.matcher(Files.readString(folder.resolve("junit.xml")));
        assertThat(counts.find()).isTrue();
        return counts.group(1);
    }
}

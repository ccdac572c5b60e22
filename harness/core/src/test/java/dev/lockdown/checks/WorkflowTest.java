package dev.lockdown.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.files.MappingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The workflow cannot run here; what it names must be there.
@DisplayName("The workflow of GitHub")
final class WorkflowTest {
    private static final Path TOP = Path.of("../..");
    private static final Path SCRIPT = Path.of("fixtures/ci/prove-k3s.sh");
    private static final Pattern FILE = Pattern.compile("(?<![\\w/$-])(\\.ci|fixtures|features|harness)/[\\w./-]+|\\./lockdown");

    private final MappingFile workflow =
        MappingFile.read(TOP.resolve(".github/workflows/ci.yml")).only("name", "on", "permissions", "jobs");
    private final Map<String, MappingFile> jobs = workflow.named("jobs");

    private Stream<MappingFile> steps() {
        return jobs.values().stream().flatMap(j -> j.inners("steps").stream());
    }

    private static Stream<String> texts(Stream<MappingFile> steps, String field) {
        return steps.map(s -> s.text(field)).filter(Objects::nonNull);
    }

    private Stream<String> commands(String job) {
        return texts(Objects.requireNonNull(jobs.get(job)).inners("steps").stream(), "run");
    }

    @Test
    void uses_actions_in_a_major_version_that_is_pinned() {
        assertThat(texts(steps(), "uses")).isNotEmpty().allMatch(u -> u.matches("actions/(checkout|setup-java|upload-artifact)@v[0-9]+"));
    }

    @Test
    void names_files_that_are_there() {
        var files = texts(steps(), "run").flatMap(r -> FILE.matcher(r).results().map(MatchResult::group)).toList();
        assertThat(files).contains(".ci/run", SCRIPT.toString()).allSatisfy(f -> assertThat(TOP.resolve(f)).exists());
        assertThat(TOP.resolve(SCRIPT)).isExecutable();
    }

    @Test
    void runs_all_that_proves_the_harness() {
        assertThat(commands("self-test")).singleElement().asString().endsWith("bash .ci/run");
    }

    @Test
    void switches_the_test_on_that_needs_docker() throws IOException {
        var run = Objects.requireNonNull(jobs.get("k3s")).inners("steps").stream().filter(s -> s.has("env")).toList();
        assertThat(run).singleElement().satisfies(step -> {
            var variable = Objects.requireNonNull(step.inner("env")).only("LOCKDOWN_K3S_TEST");
            assertThat(variable.text("LOCKDOWN_K3S_TEST")).isEqualTo("1");
            var test = Pattern.compile("-Dtest=(\\w+)").matcher(Objects.requireNonNull(step.text("run")));
            assertThat(test.find()).isTrue();
            try (var files = Files.walk(TOP.resolve("harness/core/src/test/java"))) {
                assertThat(files.filter(f -> f.endsWith(test.group(1) + ".java"))).singleElement().satisfies(
                    f -> assertThat(Files.readString(f)).contains("\"LOCKDOWN_K3S_TEST\""));
            }
        });
    }

    @Test
    void proves_k3s_every_night_and_on_request_alone() throws IOException {
        var on = Objects.requireNonNull(workflow.inner("on"));
        assertThat(List.of("schedule", "workflow_dispatch")).allMatch(on::has);
        var prove = Objects.requireNonNull(jobs.get("prove"));
        assertThat(prove.text("if")).isEqualTo("github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'");
        var options = commands("prove").filter(c -> c.startsWith(SCRIPT.toString())).flatMap(c -> Pattern.compile("--[a-z0-9-]+").matcher(c)
            .results().map(MatchResult::group)).toList();
        assertThat(options).hasSize(3);
        assertThat(Files.readString(TOP.resolve(SCRIPT))).contains(options.stream().map(o -> "  " + o + " ").toList());
    }

    /// Also where something was not as expected: then it is wanted most.
    @Test
    void keeps_the_one_file_that_the_script_writes() throws IOException {
        var upload = Objects.requireNonNull(jobs.get("prove")).inners("steps").getLast();
        assertThat(upload.text("if")).isEqualTo("always()");
        assertThat(Objects.requireNonNull(upload.inner("with")).text("path")).isEqualTo("${{ runner.temp }}/prove-k3s-*.tar.gz");
        assertThat(commands("prove")).anyMatch(c -> c.startsWith(SCRIPT + " --output \"$RUNNER_TEMP\" "));
        assertThat(Files.readString(TOP.resolve(SCRIPT))).contains("name=prove-k3s-$date", "archive=$output/$name.tar.gz");
    }
}

package dev.lockdown.cli;

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
import org.junit.jupiter.api.io.TempDir;

/// It runs where a tag is pushed, and never here: its form is checked, and what it names must be there.
@DisplayName("The workflow of a release")
final class ReleaseWorkflowTest {
    private static final Path TOP = Path.of("../..");
    private static final Path FILE = TOP.resolve(".github/workflows/release.yml");

    private final MappingFile workflow = MappingFile.read(FILE).only("name", "on", "permissions", "jobs");
    private final Map<String, MappingFile> jobs = workflow.named("jobs");

    private List<MappingFile> steps(String job) {
        return Objects.requireNonNull(jobs.get(job)).inners("steps");
    }

    private Stream<String> commands(String job) {
        return steps(job).stream().map(s -> s.text("run")).filter(Objects::nonNull);
    }

    @Test
    void has_the_form_that_github_asks_for() {
        assertThat(jobs).containsOnlyKeys("self-test", "release");
        jobs.values().forEach(j -> j.only("needs", "runs-on", "timeout-minutes", "permissions", "steps"));
        assertThat(jobs.keySet().stream().flatMap(j -> steps(j).stream())).isNotEmpty()
            .allSatisfy(s -> assertThat(s.only("uses", "with", "run", "env").has("uses")).isNotEqualTo(s.has("run")));
    }

    @Test
    void begins_with_a_tag_alone_and_writes_only_where_it_releases() {
        var on = Objects.requireNonNull(workflow.inner("on")).only("push");
        assertThat(Objects.requireNonNull(on.inner("push")).only("tags").texts("tags")).containsExactly("v[0-9]+.[0-9]+.[0-9]+*");
        assertThat(Objects.requireNonNull(workflow.inner("permissions")).text("contents")).isEqualTo("read");
        assertThat(jobs.entrySet().stream().filter(j -> j.getValue().has("permissions")).map(Map.Entry::getKey)).containsExactly("release");
    }

    @Test
    void uses_actions_in_a_major_version_that_is_pinned() {
        assertThat(jobs.keySet().stream().flatMap(j -> steps(j).stream()).map(s -> s.text("uses")).filter(Objects::nonNull)).isNotEmpty()
            .allMatch(u -> u.matches("actions/(checkout|setup-java)@v[0-9]+"));
    }

    @Test
    void releases_what_has_passed() {
        assertThat(Objects.requireNonNull(jobs.get("release")).text("needs")).isEqualTo("self-test");
        assertThat(commands("self-test")).singleElement().asString().endsWith("bash .ci/run");
    }

    /// Every word that it types is known to the command line, and so are the launcher and the features.
    @Test
    void types_commands_that_are_there(@TempDir Path home) throws IOException {
        var typed = commands("release").filter(c -> c.contains("./lockdown package")).toList();
        assertThat(typed).singleElement().asString().contains("--output release", "--image", "--base \"$RUNNER_TEMP/base.tar\"");
        var typist = new Typist(home);
        typist.types("package", "--help");
        assertThat(typist.out())
            .contains(Pattern.compile("--[a-z-]+").matcher(typed.getFirst()).results().map(MatchResult::group).toList());
        assertThat(Files.readString(TOP.resolve("lockdown")))
            .contains(Pattern.compile("--[a-z-]+").matcher(typed.getFirst()).results().map(r -> r.group() + ")").toList());
        assertThat(commands("release").flatMap(c -> Pattern.compile("features/[\\w./-]+").matcher(c).results().map(MatchResult::group)))
            .isNotEmpty().allSatisfy(f -> assertThat(TOP.resolve(f)).exists());
    }

    @Test
    void tries_what_it_releases_before_it_does() {
        var commands = commands("release").toList();
        int tried = indexOf(commands, "unpacked/lockdown-*/lockdown run ");
        int loaded = indexOf(commands, "docker run --rm --privileged ");
        int released = indexOf(commands, "gh release create ");
        assertThat(tried).isBetween(0, released - 1);
        assertThat(loaded).isBetween(0, released - 1);
        assertThat(released).isEqualTo(commands.size() - 1);
        assertThat(commands.get(released)).contains("release/*");
    }

    /// What lies in the checkout and is not committed makes a version that says so.
    @Test
    void releases_a_version_that_is_committed() {
        var commands = commands("release").toList();
        int packed = indexOf(commands, "./lockdown package");
        assertThat(commands.subList(0, packed)).isNotEmpty().allMatch(c -> c.startsWith("sudo apt-get ") || c.contains("\"$RUNNER_TEMP/"));
        assertThat(indexOf(commands, "! grep dirty version")).isBetween(packed, indexOf(commands, "gh release create ") - 1);
    }

    private static int indexOf(List<String> commands, String part) {
        return (int) commands.stream().takeWhile(c -> !c.contains(part)).count();
    }
}

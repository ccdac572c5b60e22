package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.manifest.files.ManifestInput;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A revision of git")
class GitRevisionTest {
    @TempDir
    private Path repository;

    @BeforeEach
    void commit() throws IOException, InterruptedException {
        Files.createDirectories(repository.resolve("k8s/more"));
        Files.writeString(repository.resolve("k8s/a.yaml"), "kind: A\n");
        Files.writeString(repository.resolve("k8s/more/b.yaml"), "kind: B\n");
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "one");
        Files.writeString(repository.resolve("k8s/a.yaml"), "kind: Changed\n");
    }

    private void git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(words));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static ManifestInput files(boolean recursive, String... paths) {
        return new ManifestInput(List.of(paths).stream().map(Path::of).toList(), recursive, List.of(), List.of());
    }

    @Test
    void has_the_files_as_they_were_under_their_own_names() {
        var sources = GitRevision.of("--base", "HEAD", repository).sources(files(true, "k8s"), "");
        assertThat(sources).extracting(s -> s.file() + " " + s.text().strip()).containsExactly("k8s/a.yaml kind: A",
            "k8s/more/b.yaml kind: B");
    }

    @Test
    void of_a_file_is_that_file() {
        assertThat(GitRevision.of("--base", "HEAD", repository).sources(files(false, "k8s/a.yaml"), "")).hasSize(1);
    }

    @Test
    void without_the_files_says_so() {
        assertThatThrownBy(() -> GitRevision.of("--base", "HEAD", repository).sources(files(false, "nowhere"), ""))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("does not have what was named").hasMessageContaining("nowhere");
    }

    @Test
    void that_is_none_is_refused_and_is_never_an_option() {
        for (var text : List.of("nope", "--output=x", "HEAD:k8s", ""))
            assertThatThrownBy(() -> GitRevision.of("--head", text, repository)).as(text).isInstanceOf(InputException.class)
                .hasMessageContaining("no such revision of git here");
    }

    @Test
    void leaves_nothing_behind() throws IOException {
        var before = temporary();
        GitRevision.of("--base", "HEAD", repository).sources(files(true, "k8s"), "");
        assertThat(temporary()).isEqualTo(before);
    }

    private static List<String> temporary() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("lockdown-revision") || n.startsWith("lockdown-git"))
                .sorted().toList();
        }
    }
}

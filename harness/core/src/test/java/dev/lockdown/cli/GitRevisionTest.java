package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.manifest.files.ManifestInput;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    private String kubectl(String script) throws IOException {
        var program = Files.writeString(Files.createDirectories(repository.resolve("bin")).resolve("kubectl"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return repository.resolve("bin").toString();
    }

    private static ManifestInput kustomization(String path) {
        return new ManifestInput(List.of(), false, List.of(Path.of(path)), List.of());
    }

    @Test
    void has_what_a_kustomization_leads_to_beside_its_own_folder_and_names_it_as_it_was_named() throws IOException {
        var path = kubectl("/bin/cat \"$2\"/../a.yaml");
        var sources = GitRevision.of("--base", "HEAD", repository.resolve("k8s/more")).sources(kustomization("."), path);
        assertThat(sources).extracting(s -> s.file() + ": " + s.text().strip()).containsExactly("kubectl kustomize .: kind: A");
        assertThat(GitRevision.of("--base", "HEAD", repository.resolve("k8s")).sources(kustomization("./more/"), path))
            .extracting(Source::file).containsExactly("kubectl kustomize ./more");
    }

    @Test
    void says_what_a_renderer_said_by_the_names_of_the_working_tree() throws IOException {
        var path = kubectl("echo \"no base in $2\" >&2; exit 1");
        assertThatThrownBy(() -> GitRevision.of("--base", "HEAD", repository).sources(kustomization("k8s/more"), path))
            .hasMessage("k8s/more: kubectl kustomize k8s/more failed with status 1\n  no base in k8s/more");
    }

    @Test
    void has_a_chart_under_the_name_of_its_folder() throws IOException {
        var helm = Files.move(Path.of(kubectl("echo \"kind: $2\"")).resolve("kubectl"), repository.resolve("bin/helm"));
        var charts = new ManifestInput(List.of(), false, List.of(), List.of(Path.of("more"), Path.of("..")));
        assertThat(GitRevision.of("--base", "HEAD", repository.resolve("k8s")).sources(charts, helm.getParent().toString()))
            .extracting(s -> s.text().strip()).containsExactly("kind: more", "kind: " + repository.getFileName());
    }

    @Test
    void has_nothing_of_other_places_and_says_what_it_does_not_have() {
        var revision = GitRevision.of("--base", "HEAD", repository);
        assertThatThrownBy(() -> revision.sources(files(true, "../elsewhere"), "")).isInstanceOf(InputException.class)
            .hasMessageContaining("../elsewhere is outside of the repository");
        assertThatThrownBy(() -> revision.sources(kustomization("k8s/nowhere"), "")).isInstanceOf(InputException.class)
            .hasMessage("the revision HEAD does not have what was named: k8s/nowhere");
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

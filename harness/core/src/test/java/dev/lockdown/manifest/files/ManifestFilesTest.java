package dev.lockdown.manifest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockdown.manifest.Texts;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.Resource.OfNamespace;
import dev.lockdown.manifest.yaml.ManifestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Manifest files")
class ManifestFilesTest {
    @TempDir
    private Path folder;

    @Test
    void of_a_folder_are_read_in_the_order_of_their_names() throws IOException {
        write("b.yml", namespace("b"));
        write("a.yaml", namespace("a"));
        write("c.json", namespace("c"));
        write("notes.txt", "not: [yaml");
        Files.createDirectory(folder.resolve("inner.yaml"));
        assertThat(Manifests.read(folder, "shop").resources()).extracting(r -> ((OfNamespace) r).namespace().name()).containsExactly("a",
            "b", "c");
    }

    @Test
    void have_positions_with_their_paths() throws IOException {
        var file = write("a.yaml", "a: [");
        assertThat(refusal(file)).startsWith(file + ":1:5: ");
    }

    @Test
    void have_no_object_twice_between_them() throws IOException {
        var one = write("a.yaml", namespace("a"));
        var other = write("b.yaml", namespace("a"));
        assertThat(catchThrowableOfType(ManifestException.class, () -> Manifests.read(List.of(one, other), "shop"))).hasMessage("""
            %s:1:1: Namespace a is there twice
              first at %s:1:1; rename or remove one of them""", other, one);
    }

    @Test
    void must_be_there() {
        assertThat(refusal(folder.resolve("a.yaml"))).isEqualTo("""
            %s: there is no such file
              paths are taken from the folder you are in; check the spelling""".formatted(folder.resolve("a.yaml")));
    }

    @Test
    void of_folders_inside_are_read_where_that_is_asked_for() throws IOException {
        Files.createDirectories(folder.resolve("inner/most"));
        write("inner/most/b.yaml", namespace("b"));
        write("a.yaml", namespace("a"));
        assertThat(all(List.of(folder), false).resources()).hasSize(1);
        assertThat(all(List.of(folder), true).resources()).hasSize(2);
    }

    @Test
    void that_are_no_objects_are_noted_in_a_folder_and_refused_by_name() throws IOException {
        write("a.yaml", namespace("a"));
        var values = write("values.yaml", "replicas: 3\n---\n- a list\n");
        assertThat(Manifests.read(folder, "shop").notes()).extracting(Note::toString).containsExactly(
            values + ":1:1: this is no Kubernetes object (it has neither apiVersion nor kind); it is left out",
            values + ":3:1: this is no Kubernetes object (it has neither apiVersion nor kind); it is left out");
        assertThat(refusal(values)).startsWith("""
            %s:1:1: this is no Kubernetes object: it has neither apiVersion nor kind
              a chart is rendered first: helm template NAME FOLDER, or --helm FOLDER""".formatted(values));
        var other = write("compose.yaml", "services: {}");
        assertThat(refusal(other)).endsWith("an object is a mapping that begins with apiVersion and kind");
    }

    @ParameterizedTest
    @CsvSource({"kustomization.yaml, kubectl kustomize %s >, -k %s", "Kustomization, kubectl kustomize %s >, -k %s",
        "Chart.yaml, helm template NAME %s >, --helm %s"})
    void of_a_folder_that_is_rendered_first_are_refused(String name, String command, String option) throws IOException {
        write("a.yaml", namespace("a"));
        var file = write(name, "resources: [a.yaml]");
        assertThat(refusal(folder)).startsWith(file + ": ").contains(command.formatted(folder)).endsWith(option.formatted(folder));
    }

    @Test
    void of_a_kustomization_are_refused_by_name() throws IOException {
        assertThat(refusal(write("kustomization.yaml", "resources: [a.yaml]"))).endsWith("or by -k FOLDER here");
        assertThat(refusal(write("k.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization"))).contains(
            "k.yaml:1:1: a kustomization is rendered before it is applied\n");
    }

    private static Manifest all(List<Path> files, boolean recursive) {
        return Manifests.read(new ManifestInput(files, recursive, List.of(), List.of()), "", "shop");
    }

    @Test
    void must_be_in_their_folder() {
        assertThat(refusal(folder)).isEqualTo("""
            %s: there is no manifest in this folder
              expected files named *.yaml, *.yml or *.json right in it; -R reads the folders inside""".formatted(folder));
    }

    @Test
    void are_in_UTF_8() throws IOException {
        var file = Files.write(folder.resolve("a.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
        assertThat(refusal(file)).isEqualTo("""
            %s: the file is not UTF-8 text
              save it as UTF-8""".formatted(file));
    }

    @Test
    void are_not_too_long() throws IOException {
        var file = Files.write(folder.resolve("a.yaml"), new byte[(16 << 20) + 1]);
        assertThat(refusal(file)).startsWith(file + ": the text is longer than 16,777,216 characters\n");
    }

    @Test
    void of_policies_have_nothing_else() throws IOException {
        var file = write("a.yaml", namespace("a"));
        assertThat(catchThrowableOfType(ManifestException.class, () -> Manifests.readPolicies(file, "shop"))).hasMessageContaining(
            "kind \"Namespace\" stands where a NetworkPolicy is expected");
    }

    @Test
    void may_come_through_a_stream() {
        var in = new ByteArrayInputStream("a: b".getBytes(StandardCharsets.UTF_8));
        assertThat(ManifestFiles.source("standard input", in, false).text()).isEqualTo("a: b");
    }

    @Test
    void that_break_off_say_why() {
        var in = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        assertThat(Texts.messageOf(() -> ManifestFiles.source("a.yaml", in, false))).isEqualTo("""
            a.yaml: cannot be read: java.io.IOException: the disk is gone
              check that it is a file and its permissions""");
    }

    private static String namespace(String name) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}".formatted(name);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String refusal(Path path) {
        return Texts.messageOf(() -> Manifests.read(path, "shop"));
    }
}

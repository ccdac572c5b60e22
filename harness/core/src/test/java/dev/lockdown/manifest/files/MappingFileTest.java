package dev.lockdown.manifest.files;

import static dev.lockdown.manifest.Texts.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file that holds a mapping")
class MappingFileTest {
    @TempDir
    private Path folder;

    @Test
    void gives_its_texts_and_null_or_none_where_they_are_absent() throws IOException {
        var file = file("name: calico\nimages: [a, b]\nempty:\n");
        assertThat(file.text("name")).isEqualTo("calico");
        assertThat(file.needText("name", "name: x")).isEqualTo("calico");
        assertThat(file.text("version")).isNull();
        assertThat(file.has("name")).isTrue();
        assertThat(file.has("empty")).isFalse();
        assertThat(file.texts("images")).containsExactly("a", "b");
        assertThat(file.texts("flags")).isEmpty();
    }

    @Test
    void gives_the_mappings_inside_it() throws IOException {
        var file = file("wait: {kind: Pod}\nsteps: [{run: a}, {run: b}]\n");
        assertThat(file.inner("wait")).extracting(w -> w.text("kind")).isEqualTo("Pod");
        assertThat(file.inner("patience")).isNull();
        assertThat(file.inners("steps")).extracting(s -> s.text("run")).containsExactly("a", "b");
        assertThat(file.inners("others")).isEmpty();
    }

    @Test
    void gives_mappings_by_their_names_in_the_order_of_the_file() throws IOException {
        var named = file("versions:\n  v2: {image: b}\n  v1: {image: a}\n").named("versions");
        assertThat(named.keySet()).containsExactly("v2", "v1");
        assertThat(named.values()).extracting(v -> v.text("image")).containsExactly("b", "a");
        assertThat(file("a: b").named("versions")).isEmpty();
    }

    @Test
    void refuses_a_field_that_nobody_knows() throws IOException {
        var file = file("name: a\nimags: []\n");
        assertThat(messageOf(() -> file.only("name", "images"))).isEqualTo("""
            %s:2:1: unknown field "imags" in cni
              did you mean "images"? known here: name, images""".formatted(path()));
        assertThat(file.only("name", "imags")).isSameAs(file);
    }

    @Test
    void refuses_a_field_inside_it_with_the_path_that_leads_there() throws IOException {
        var file = file("versions: {v1: {imag: a}}\nsteps: [{rn: a}]\n");
        assertThat(messageOf(() -> file.named("versions").values().forEach(v -> v.only("image")))).contains(
            "unknown field \"imag\" in cni.versions.v1\n");
        assertThat(messageOf(() -> file.inners("steps").forEach(s -> s.only("run")))).contains("unknown field \"rn\" in cni.steps[0]\n");
    }

    @Test
    void refuses_what_a_caller_finds_wrong_at_the_field_or_at_the_file_where_it_is_absent() throws IOException {
        var file = file("name: a\nwait: 5\n");
        assertThat(file.wrong("wait", "is no duration", "write 5s")).hasMessage("%s:2:1: cni.wait is no duration\n  write 5s", path());
        assertThat(file.wrong("image", "is missing", "")).hasMessage("%s:1:1: cni.image is missing", path());
    }

    @Test
    void needs_a_field() throws IOException {
        var file = file("name: a\n");
        assertThat(messageOf(() -> file.needText("image", "image: x"))).isEqualTo("""
            %s:1:1: cni has no image
              expected one, such as image: x""".formatted(path()));
    }

    @Test
    void holds_one_and_no_more() {
        assertThat(messageOf(() -> file("a: b\n---\nc: d\n"))).isEqualTo(path() + ": 2 documents; expected one");
        assertThat(messageOf(() -> file("# nothing\n"))).isEqualTo(path() + ": 0 documents; expected one");
    }

    private Path path() {
        return folder.resolve("cni.yaml");
    }

    private MappingFile file(String text) throws IOException {
        return MappingFile.read(Files.writeString(path(), text));
    }
}

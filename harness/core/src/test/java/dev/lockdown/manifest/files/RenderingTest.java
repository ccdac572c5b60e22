package dev.lockdown.manifest.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Texts;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Resource.OfNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder that is rendered first")
class RenderingTest {
    private static final String OBJECT = "printf '{apiVersion: v1, kind: Namespace, metadata: {name: %%s}}' %s";

    @TempDir
    private Path folder;

    @Test
    void is_given_to_kubectl_before_kustomize() throws IOException {
        program("kustomize", OBJECT.formatted("two"));
        assertThat(kustomized()).isEqualTo("two");
        program("kubectl", OBJECT.formatted("\"$1\""));
        assertThat(kustomized()).isEqualTo("kustomize");
    }

    @Test
    void is_given_to_helm_under_its_own_name() throws IOException {
        program("helm", OBJECT.formatted("\"$1-$2\""));
        var chart = Files.createDirectory(folder.resolve("shop"));
        assertThat(name(Manifests.read(new ManifestInput(List.of(), false, List.of(), List.of(chart)), path(), "x")))
            .isEqualTo("template-shop");
    }

    @Test
    void says_what_the_program_said_where_it_fails() throws IOException {
        program("kubectl", "echo 'no such thing' >&2; exit 3");
        assertThat(refusal(folder)).isEqualTo("""
            %s: kubectl kustomize %s failed with status 3
              no such thing""".formatted(folder, folder));
    }

    @Test
    void needs_a_program_and_to_be_there() {
        assertThat(refusal(folder)).isEqualTo("""
            %s: there is no kubectl and no kustomize on PATH to render it
              install one, or render it elsewhere and name the rendered file with -f""".formatted(folder));
        assertThat(refusal(folder.resolve("gone"))).startsWith(folder.resolve("gone") + ": there is no such file\n");
    }

    private String kustomized() {
        return name(Manifests.read(input(folder), path(), "x"));
    }

    private String refusal(Path kustomization) {
        return Texts.messageOf(() -> Manifests.read(input(kustomization), path(), "x"));
    }

    private static ManifestInput input(Path kustomization) {
        return new ManifestInput(List.of(), false, List.of(kustomization), List.of());
    }

    private String path() {
        return "/nowhere:" + folder;
    }

    private static String name(Manifest manifest) {
        return ((OfNamespace) manifest.resources().getFirst()).namespace().name();
    }

    private void program(String name, String script) throws IOException {
        Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwx------"));
    }
}

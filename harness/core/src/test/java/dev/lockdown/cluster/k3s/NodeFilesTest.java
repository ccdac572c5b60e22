package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.k3s.Cni.Artifact;
import dev.lockdown.cluster.k3s.Cni.Edit;
import dev.lockdown.cluster.k3s.Cni.Installation;
import dev.lockdown.cluster.k3s.CopiedFile.Content;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files that nodes get")
final class NodeFilesTest {
    private static final String ADDRESS = "https://cni.example/v1/cni.yaml";

    @TempDir
    private Path folder;
    private final List<URI> fetched = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Test
    void are_a_manifest_with_its_edits_made() {
        var files = gather(manifest(null, new Edit("a: b", "a: c")), null, "a: b\n");
        assertThat(files.forServer()).containsExactly(CopiedFile.text("/var/lib/rancher/k3s/server/manifests/lockdown-x.yaml",
            "a: c\n"));
        assertThat(fetched).containsExactly(URI.create(ADDRESS));
    }

    @Test
    void are_refused_where_an_edit_does_not_fit() {
        assertThatThrownBy(() -> gather(manifest(null, new Edit("a: b", "a: c")), null, "a: b\na: b\n")).hasMessage("""
            fixtures/cnis/x.yaml: the manifest of x 1 has not exactly one
              a: b""");
    }

    @Test
    void are_refused_where_they_are_not_those_that_were_meant() {
        assertThatThrownBy(() -> gather(manifest("0".repeat(64)), null, "evil")).isInstanceOf(EnvironmentException.class)
            .hasMessageStartingWith(ADDRESS + " is not the file that fixtures/cnis means\n  expected SHA-256 0000");
    }

    @Test
    void are_noted_where_nobody_can_check_them() {
        gather(manifest(null), null, "a: b\n");
        assertThat(notes).containsExactly("warning: nobody has checked %s: its file in fixtures/cnis has no checksum".formatted(ADDRESS));
    }

    @Test
    void come_from_the_users_folder_without_any_fetching() throws IOException {
        Files.writeString(folder.resolve("cni.yaml"), "mine: 1\n");
        var files = gather(manifest(null), folder, null);
        assertThat(files.forServer().getFirst().content()).isEqualTo(new Content.Text("mine: 1\n"));
        assertThat(fetched).isEmpty();
    }

    @Test
    void that_cannot_be_fetched_are_asked_for_by_name() {
        assertThatThrownBy(() -> gather(manifest(null), folder, null)).isInstanceOf(EnvironmentException.class).hasMessage("""
            %s cannot be fetched: no way there
              without a way to the internet, put cni.yaml into a folder and name it:  --charts DIR
              it is not in %s""".formatted(ADDRESS, folder));
    }

    @Test
    void are_fetched_once_where_their_checksum_is_known() throws Exception {
        var cni = manifest(sum("a: b\n"));
        var downloads = folder.resolve("downloads");
        for (int i = 0; i < 2; i++) new Artifacts(null, downloads, this::answer, notes::add).get(artifact(cni));
        assertThat(fetched).hasSize(1);
    }

    @Test
    void are_fetched_again_where_what_was_kept_is_broken() throws Exception {
        var cni = manifest(sum("a: b\n"));
        var downloads = folder.resolve("downloads");
        var kept = new Artifacts(null, downloads, this::answer, notes::add).get(artifact(cni));
        Files.writeString(kept, "half");
        new Artifacts(null, downloads, this::answer, notes::add).get(artifact(cni));
        assertThat(kept).hasContent("a: b");
        assertThat(fetched).hasSize(2);
    }

    @Test
    void are_a_chart_that_k3s_serves_to_its_own_helm_controller() {
        var files = gather(new Installation.Chart("cilium", "kube-system", new Artifact("https://cni.example/cilium-1.tgz", null),
            "a:\n  b: c\n"), null, "chart");
        assertThat(files.forServer()).extracting(CopiedFile::target).containsExactly(
            "/var/lib/rancher/k3s/server/static/charts/cilium-1.tgz", "/var/lib/rancher/k3s/server/manifests/lockdown-x.yaml");
        assertThat(files.forServer().getLast().content()).isEqualTo(new Content.Text("""
            apiVersion: helm.cattle.io/v1
            kind: HelmChart
            metadata:
              name: cilium
              namespace: kube-system
            spec:
              bootstrap: true
              targetNamespace: kube-system
              chart: https://%{KUBERNETES_API}%/static/charts/cilium-1.tgz
              valuesContent: |
                a:
                  b: c
            """));
    }

    @Test
    void are_the_users_manifests_where_the_cni_is_brought() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "a: b\n");
        Files.writeString(folder.resolve("notes.txt"), "x");
        var files = gather(new Installation.Brought(), folder, null);
        assertThat(files.forServer()).containsExactly(CopiedFile.of("/var/lib/rancher/k3s/server/manifests/lockdown-001-mine.yaml",
            folder.resolve("mine.yaml")));
    }

    @Test
    void must_be_there_where_the_cni_is_to_be_brought() {
        assertThatThrownBy(() -> gather(new Installation.Brought(), folder, null)).hasMessageContaining("has no manifest (*.yaml)");
        assertThatThrownBy(() -> Requests.plain().of("none")).hasMessageContaining("--charts DIR");
    }

    @Test
    void are_the_registries_and_every_archive_but_that_of_k3s_itself() throws IOException {
        var registries = Files.writeString(folder.resolve("registries.yaml"), "mirrors: {}\n");
        var images = Files.createDirectory(folder.resolve("images"));
        Archives.docker(images.resolve("k3s.tar"), "rancher/k3s:v1.36.1-k3s1");
        Archives.docker(images.resolve("node.tar"), "quay.io/calico/node:v3.32.1");
        var files = NodeFiles.gather(Requests.plain().registries(registries).images(images).of((String) null), artifacts(null, null),
            ImageFolder.read(images));
        assertThat(files.forNodes()).extracting(CopiedFile::target).containsExactly(
            "/var/lib/rancher/k3s/agent/images/node.tar", "/etc/rancher/k3s/registries.yaml");
    }

    private NodeFiles gather(Installation installation, @Nullable Path charts, @Nullable String answer) {
        var cni = new Cni("x", "x", "1", List.of(), installation, List.of(), Cni.Mounts.NONE, List.of());
        return NodeFiles.gather(Requests.plain().charts(charts == null ? folder : charts).of(cni), artifacts(charts, answer), null);
    }

    private Artifacts artifacts(@Nullable Path charts, @Nullable String answer) {
        return new Artifacts(charts, folder.resolve("kept"), address -> {
            fetched.add(address);
            if (answer == null) throw new IOException("no way there");
            return answer.getBytes(StandardCharsets.UTF_8);
        }, notes::add);
    }

    private byte[] answer(URI address) {
        fetched.add(address);
        return "a: b\n".getBytes(StandardCharsets.UTF_8);
    }

    private static Installation manifest(@Nullable String sum, Edit... edits) {
        return new Installation.Manifest(new Artifact(ADDRESS, sum), List.of(edits));
    }

    private static Artifact artifact(Installation installation) {
        return ((Installation.Manifest) installation).artifact();
    }

    private static String sum(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(
            StandardCharsets.UTF_8)));
    }
}

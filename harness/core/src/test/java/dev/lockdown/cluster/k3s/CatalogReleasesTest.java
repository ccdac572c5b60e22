package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.UnsupportedException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Manifests of another version")
final class CatalogReleasesTest {
    @TempDir
    private Path folder;

    private final List<URI> fetched = new ArrayList<>();

    private CatalogReleases releases(String text) throws IOException {
        Files.writeString(folder.resolve("x.yaml"), """
            about: a CNI
            default: v2
            versions:
              v2: {}
              v1: {}
            manifest: {address: "https://cni.example/{version}/x.yaml"}
            dual-stack:
              edits: [{find: "families: 1", replace: "families: 2"}]
            """);
        return new CatalogReleases(() -> CniCatalog.in(folder), version -> new Artifacts(folder.resolve(version), null, address -> {
            fetched.add(address);
            return text.getBytes(StandardCharsets.UTF_8);
        }, _ -> {}));
    }

    @Test
    void come_from_their_address_once_and_edited_for_two_families() throws IOException {
        var releases = releases("families: 1\n");
        assertThat(releases.manifests("x", "v1", false)).isEqualTo("families: 1\n");
        assertThat(releases.manifests("x", "v1", false)).isEqualTo("families: 1\n");
        assertThat(fetched).containsExactly(URI.create("https://cni.example/v1/x.yaml"));
        assertThat(releases.manifests("x", "v1", true)).isEqualTo("families: 2\n");
    }

    /// A project calls it the same in all versions.
    @Test
    void come_from_the_users_folder_of_that_version() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("v1")).resolve("x.yaml"), "mine: 1\n");
        assertThat(releases("theirs: 1\n").manifests("x", "v1", false)).isEqualTo("mine: 1\n");
        assertThat(fetched).isEmpty();
    }

    @Test
    void that_cannot_be_had_are_unsupported_with_the_reason() throws IOException {
        var releases = releases("families: 3\n");
        assertThatThrownBy(() -> releases.manifests("x", "v0", false)).isInstanceOf(UnsupportedException.class)
            .hasMessageContaining("there is no version \"v0\" of x; known: v2, v1");
        assertThatThrownBy(() -> releases.manifests("x", "v1", true)).isInstanceOf(UnsupportedException.class)
            .hasMessageContaining("has not exactly one");
        var nowhere = new CatalogReleases(() -> Requests.CNIS, _ -> new Artifacts(null, null, _ -> {
            throw new IOException("no way there");
        }, _ -> {}));
        assertThatThrownBy(() -> nowhere.manifests("calico", "3.31.7", false)).isInstanceOf(UnsupportedException.class)
            .hasMessageContaining("cannot be fetched: no way there");
        assertThatThrownBy(() -> nowhere.manifests("cilium", "1.19.6", false)).isInstanceOf(UnsupportedException.class)
            .hasMessage("cilium is installed by its chart, of which there is no manifest to apply");
        assertThatThrownBy(() -> nowhere.manifests("none", "1", false)).isInstanceOf(UnsupportedException.class)
            .hasMessageContaining("none has no versions");
    }

    @Test
    void have_the_names_of_the_catalogue() {
        assertThat(Requests.CNIS.names().versions().get("calico")).startsWith("3.32.2").contains("3.30.7");
        assertThat(Requests.CNIS.names().versions().get("flannel")).isEmpty();
    }
}

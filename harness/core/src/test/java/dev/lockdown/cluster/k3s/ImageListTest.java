package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.k3s.ImageList.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What must be at hand without internet")
final class ImageListTest {
    @TempDir
    private Path folder;

    @Test
    void is_everything_that_is_pulled_or_fetched() {
        assertThat(ImageList.of(Requests.plain().version("1.35.0").of("cilium", "1.20.0"), "amd64")).extracting(Needed::what)
            .containsExactly("docker.io/rancher/k3s:v1.35.0-k3s1", "docker.io/rancher/mirrored-pause:3.6",
                "docker.io/rancher/mirrored-coredns-coredns:1.13.1", "docker.io/rancher/klipper-helm:v0.9.12-build20251215",
                "quay.io/cilium/cilium:v1.20.0", "quay.io/cilium/operator-generic:v1.20.0", "docker.io/library/eclipse-temurin:25-jre",
                "https://helm.cilium.io/cilium-1.20.0.tgz");
    }

    @Test
    void says_so_where_names_are_not_known() {
        assertThat(ImageList.of(Requests.plain().version("1.30.0").of((String) null), "arm64")).filteredOn(n -> n.kind()
            == Needed.Kind.UNKNOWN).singleElement().extracting(Needed::what).asString().contains("v1.30.0-k3s1",
                "k3s-airgap-images-arm64.tar.zst");
    }

    @Test
    void is_found_in_archives_of_docker_and_oci_by_full_or_short_names() throws IOException {
        Archives.docker(folder.resolve("a.tar"), "rancher/k3s:v1.35.0-k3s1");
        Archives.oci(folder.resolve("b.tar.gz"), "docker.io/library/eclipse-temurin:25-jre");
        assertThat(ImageList.of(Requests.plain().version("1.35.0").images(folder).of((String) null), "amd64")).filteredOn(n -> n.found()
            != null).extracting(Needed::what).containsExactly("docker.io/rancher/k3s:v1.35.0-k3s1",
                "docker.io/library/eclipse-temurin:25-jre");
    }

    @Test
    void is_k3ss_own_in_the_archive_of_its_release_for_this_architecture_only() throws IOException {
        Files.writeString(folder.resolve("k3s-airgap-images-arm64.tar.zst"), "x");
        var request = Requests.plain().version("1.35.0").images(folder).of((String) null);
        assertThat(ImageList.of(request, "arm64")).filteredOn(n -> n.what().contains("mirrored")).hasSize(2).allSatisfy(n -> assertThat(n
            .found()).isNotNull());
        assertThat(ImageList.of(request, "amd64")).filteredOn(n -> n.what().contains("mirrored")).allSatisfy(n -> assertThat(n.found())
            .isNull());
    }

    @Test
    void is_a_file_by_its_name_in_the_folder_of_charts() throws IOException {
        var chart = Files.writeString(folder.resolve("cilium-1.20.0.tgz"), "x");
        assertThat(ImageList.of(Requests.plain().charts(folder).of("cilium", "1.20.0"), "amd64").getLast().found()).isEqualTo(chart);
    }

    @Test
    void is_not_looked_for_in_what_is_no_archive() throws IOException {
        Files.writeString(folder.resolve("a.tar"), "not a tar");
        assertThatThrownBy(() -> ImageFolder.read(folder)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a.tar");
    }

    @Test
    void is_not_looked_for_in_a_folder_that_is_not_there() {
        assertThatThrownBy(() -> Requests.plain().images(folder.resolve("no")).of((String) null)).hasMessage(
            "--images %s: there is no such folder".formatted(folder.resolve("no")));
    }
}

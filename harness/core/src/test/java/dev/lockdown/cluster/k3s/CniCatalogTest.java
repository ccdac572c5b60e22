package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.k3s.Cni.Artifact;
import dev.lockdown.cluster.k3s.Cni.Installation;
import dev.lockdown.cluster.k3s.Cni.Workload;
import dev.lockdown.manifest.yaml.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The CNIs of fixtures/cnis")
final class CniCatalogTest {
    @TempDir
    private Path folder;

    @Test
    void are_chosen_by_name_and_version() {
        var cilium = Requests.CNIS.choose("cilium", "1.19.6", false);
        assertThat(cilium).hasToString("cilium 1.19.6");
        assertThat(cilium.images()).containsExactly("quay.io/cilium/cilium:v1.19.6", "quay.io/cilium/operator-generic:v1.19.6");
        assertThat(cilium.installation()).isInstanceOfSatisfying(Installation.Chart.class, chart -> assertThat(chart.artifact()).isEqualTo(
            new Artifact("https://helm.cilium.io/cilium-1.19.6.tgz", "21c43cf53841f9ab0375047d95aa4c64051ea52bbd2c679416e6408f5f1c9179")));
        assertThat(cilium.ready()).contains(new Workload(Workload.Kind.DAEMON_SET, "kube-system", "cilium"));
    }

    @Test
    void are_k3ss_own_where_none_is_named() {
        assertThat(Requests.CNIS.choose(null, null, false).installation()).isEqualTo(new Installation.BuiltIn());
    }

    @Test
    void take_their_default_where_no_version_is_named() {
        assertThat(Requests.CNIS.choose("calico", null, false).version()).isEqualTo("3.32.1");
    }

    @Test
    void may_have_other_images_in_one_version() {
        assertThat(Requests.CNIS.choose("calico", "3.30.7", false).images()).contains("docker.io/calico/node:v3.30.7");
        assertThat(Requests.CNIS.choose("calico", "3.32.2", false).images()).contains("quay.io/calico/node:v3.32.2");
    }

    @Test
    void add_to_their_values_for_dual_stack() {
        var chart = (Installation.Chart) Requests.CNIS.choose("cilium", null, true).installation();
        assertThat(chart.values()).contains("mode: kubernetes").endsWith("ipv6:\n  enabled: true\n");
    }

    @Test
    void that_are_not_known_are_answered_with_those_that_are() {
        assertThatThrownBy(() -> Requests.CNIS.choose("weave", null, false)).hasMessageStartingWith("""
            there is no CNI "weave" for k3s; known:
              calico@3.32.2, @3.32.1""").hasMessageContaining("cilium@1.20.0").hasMessageContaining("--cluster k3s:none --charts DIR");
    }

    @Test
    void have_versions_and_list_them_for_one_that_is_not_among_them() {
        assertThatThrownBy(() -> Requests.CNIS.choose("cilium", "9", false)).hasMessage("""
            there is no version "9" of cilium; known: 1.20.0, 1.19.6, 1.18.12
            one more is a line in fixtures/cnis/cilium.yaml""");
    }

    @Test
    void have_no_version_of_their_own_where_k3s_has_them() {
        assertThatThrownBy(() -> Requests.CNIS.choose("flannel", "1", false)).hasMessageContaining("--k3s-version");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "about: x\\nimage: y                                        | cni.yaml:2:1: unknown field \"image\" in cni",
        "k3s: [--a]                                                 | cni.yaml:1:1: cni has no about",
        "about: x\\ndefault: 2\\nversions: {1.0.0: {}}               | cni.yaml:2:10: cni.default is the number 2",
        "about: x\\ndefault: 2.0.0\\nversions: {1.0.0: {}}           | cni.yaml:2:1: cni.default is 2.0.0, which is not among the versions",
        "about: x\\nversions: {1.0.0: {}}                            | cni.yaml:2:1: cni.versions are there without a default",
        "about: x\\ndefault: 1.0.0\\nversions: {1.0.0: {sha256: ab}} | cni.yaml:3:20: cni.versions.1.0.0.sha256 is \"ab\"",
        "about: x\\nready: {daemonsets: [calico-node]}               | cni.yaml:2:9: cni.ready.daemonsets has \"calico-node\"",
        "about: x\\nbring: charts                                    | cni.yaml:2:1: cni.bring is \"charts\"",
        "about: x\\nchart: {name: a}                                 | cni.yaml:2:8: cni.chart has no namespace"})
    void are_read_strictly_and_wrong_ones_told_with_their_place(String text, String message) throws IOException {
        Files.writeString(folder.resolve("cni.yaml"), text.strip().replace("\\n", "\n") + "\n");
        assertThatThrownBy(() -> CniCatalog.in(folder)).isInstanceOf(ManifestException.class).hasMessageContaining(message.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"flannel", "no-policy", "calico", "cilium", "none"})
    void can_all_be_had_with_two_families(String name) {
        assertThat(Requests.CNIS.choose(name, null, true).arguments()).filteredOn(a -> a.startsWith("--cluster-cidr=")).singleElement()
            .asString().contains(",fd42::/56");
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cli.ClusterChoice.Embedded;
import dev.lockdown.cli.ClusterChoice.K3s;
import dev.lockdown.cli.ClusterChoice.Kubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterChoiceTest {

    @Test
    void every_form_is_understood() {
        assertThat(ClusterChoice.parse("embedded")).isEqualTo(new Embedded());
        assertThat(ClusterChoice.parse("k3s")).isEqualTo(new K3s(null, null));
        assertThat(ClusterChoice.parse("k3s:calico")).isEqualTo(new K3s("calico", null));
        assertThat(ClusterChoice.parse("k3s:calico@3.30.7")).isEqualTo(new K3s("calico", "3.30.7"));
        assertThat(ClusterChoice.parse("kubeconfig")).isEqualTo(new Kubeconfig(null));
        assertThat(ClusterChoice.parse("kubeconfig:admin@k8s:6443")).isEqualTo(new Kubeconfig("admin@k8s:6443"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "k3s", "k3s:calico", "k3s:calico@3.30.7", "kubeconfig", "kubeconfig:admin@k8s:6443"})
    void every_form_is_written_as_it_is_read(String text) {
        assertThat(ClusterChoice.parse(text).typed()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Embedded", "k3s:", "k3s@1", "k3s:calico@", "kubeconfig:", "minikube"})
    void anything_else_is_refused_and_the_forms_are_named(String text) {
        assertThatThrownBy(() -> ClusterChoice.parse(text))
            .hasMessage("\"%s\" is no cluster; expected embedded, k3s[:CNI[@VERSION]] or kubeconfig[:CONTEXT]".formatted(text));
    }

    @Test
    void a_file_in_the_place_of_a_context_is_told_apart(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("admin.kubeconfig"), "");
        assertThatThrownBy(() -> ClusterChoice.parse("kubeconfig:" + file))
            .hasMessageContaining("expected --cluster kubeconfig --kubeconfig " + file);
        assertThat(ClusterChoice.parse("kubeconfig:arn:aws:eks:eu-1:1:cluster/shop"))
            .isEqualTo(new Kubeconfig("arn:aws:eks:eu-1:1:cluster/shop"));
    }
}

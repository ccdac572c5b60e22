package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cli.ClusterChoice.Embedded;
import dev.lockdown.cli.ClusterChoice.K3s;
import dev.lockdown.cli.ClusterChoice.Kubeconfig;
import org.junit.jupiter.api.Test;
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
    @ValueSource(strings = {"", "Embedded", "k3s:", "k3s@1", "k3s:calico@", "kubeconfig:", "minikube"})
    void anything_else_is_refused_and_the_forms_are_named(String text) {
        assertThatThrownBy(() -> ClusterChoice.parse(text))
            .hasMessage("\"%s\" is no cluster; expected embedded, k3s[:CNI[@VERSION]] or kubeconfig[:CONTEXT]".formatted(text));
    }
}

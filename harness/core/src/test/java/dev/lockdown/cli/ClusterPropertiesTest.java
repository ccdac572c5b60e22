package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.state.InputException;
import org.assertj.core.api.InstanceOfAssertFactories;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A cluster chosen by properties")
class ClusterPropertiesTest {
    @TempDir
    private Path home;

    @Test
    void is_the_embedded_one_where_nothing_is_said() {
        assertThat(of(Map.of("java.home", "/jdk", "lockdown.cluster", "")).isEmbedded()).isTrue();
        assertThat(of(Map.of()).acceptsUnseen()).isFalse();
    }

    @Test
    void is_typed_again_in_the_options_of_the_command() {
        var chosen = of(Map.of("lockdown.cluster", "kubeconfig:lab", "lockdown.accept-unseen", "true", "lockdown.keep", "false",
            "lockdown.map", "shop=shop-test, api=api-test"));
        assertThat(chosen.command(List.of("a.feature"))).last(InstanceOfAssertFactories.STRING)
            .isEqualTo("--map=api=api-test");
        assertThat(chosen.command(List.of("a.feature"))).containsSubsequence("run", "a.feature", "--accept-unseen",
            "--cluster=kubeconfig:lab", "--map=shop=shop-test");
        assertThat(chosen.acceptsUnseen()).isTrue();
        assertThat(chosen.isEmbedded()).isFalse();
    }

    @Test
    void is_typed_again_by_the_launcher_of_the_clone_around_it() {
        assertThat(of(Map.of()).command(List.of())).containsExactly("../../lockdown", "run");
    }

    @Test
    void may_be_the_environments() {
        assertThat(ClusterProperties.of(Map.of(), Map.of("LOCKDOWN_CLUSTER", "k3s:cilium"), home, InstantSource.system()).isEmbedded())
            .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        lockdown.clustr        | k3s   | there is no property "lockdown.clustr"\\n  did you mean lockdown.cluster?
        lockdown.cluster       | minik | lockdown.cluster: "minik" is no cluster; expected embedded, k3s[:CNI[@VERSION]] or kubeconfig[:CONTEXT]
        lockdown.context       | lab   | lockdown.context belongs to lockdown.cluster kubeconfig
        lockdown.map           | a=b   | lockdown.map belongs to lockdown.cluster kubeconfig or k3s; the embedded cluster has no use for it
        lockdown.accept-unseen | yes   | lockdown.accept-unseen: "yes" is neither true nor false
        lockdown.nodes         | 0     | lockdown.nodes: 0 is not a number of times; at least 1
        """)
    void is_refused_in_the_words_of_properties(String property, String value, String problem) {
        assertThatThrownBy(() -> of(Map.of(property, value))).isInstanceOf(InputException.class)
            .hasMessage(problem.replace("\\n", "\n"));
    }

    @Test
    void needs_the_clone_for_k3s() {
        var chosen = of(Map.of("lockdown.cluster", "k3s", "lockdown.home", home.toString()));
        assertThatThrownBy(chosen::backend).isInstanceOf(InputException.class)
            .hasMessageContaining("lockdown.cluster=k3s: fixtures/k3s.yaml is not found").hasMessageContaining("-Dlockdown.home=FOLDER");
    }

    private ClusterProperties of(Map<String, String> properties) {
        return ClusterProperties.of(properties, Map.of(), home, InstantSource.system());
    }
}

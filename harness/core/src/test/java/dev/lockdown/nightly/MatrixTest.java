package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.CniNames;
import dev.lockdown.manifest.yaml.ManifestException;
import java.util.List;
import java.util.Map;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A matrix")
class MatrixTest {
    private static Matrix matrix(String text) {
        return Matrix.read(Path.of("matrix.yaml"), text, "features");
    }

    private static String refusal(String text) {
        try {
            matrix(text);
        } catch (ManifestException e) {
            return e.getMessage();
        }
        throw new AssertionError("it was taken");
    }

    @Test
    void names_plugins_of_k3s_and_versions_that_there_are() {
        var plugins = new CniNames(Map.of("calico", List.of("3.32.1", "3.30.7"), "flannel", List.of()));
        assertThatThrownBy(() -> Matrix.read(Path.of("matrix.yaml"), """
            matrix: {cluster: [k3s], cni: [calcio]}
            include:
            - {name: old, cluster: k3s, cni: calico, version: "3.30.8"}
            - {name: builtin, cluster: k3s, cni: flannel, version: "1"}
            """, "features", plugins)).hasMessageContainingAll("matrix.yaml:1:", "calcio", "did you mean \"calico\"?", "matrix.yaml:3:",
            "3.30.8",
            "matrix.yaml:4:", "flannel has no versions to choose");
        assertThat(Matrix
            .read(Path.of("matrix.yaml"), "matrix: {cluster: [k3s], cni: [calico], version: [\"3.30.7\"]}", "features", plugins).cells())
            .hasSize(1);
        assertThat(Matrix.read(Path.of("matrix.yaml"), "include: [{name: real, cluster: kubeconfig}]", "features", plugins).cells())
            .hasSize(1);
    }

    @Test
    void has_a_cell_for_each_combination_of_its_axes() {
        var matrix = matrix("""
            matrix:
              cluster: [k3s]
              cni: [calico, cilium]
              k3s: ["1.34", "1.35"]
            exclude:
            - {cni: cilium, k3s: "1.34"}
            """);
        assertThat(matrix.cells()).extracting(MatrixCell::name).containsExactly("k3s-calico-k3s-1.34", "k3s-calico-k3s-1.35",
            "k3s-cilium-k3s-1.35");
        assertThat(matrix.cells().getFirst().words()).containsExactly("features", "--cluster", "k3s:calico", "--k3s-version", "1.34");
    }

    @Test
    void has_numbers_of_nodes_as_an_axis() {
        var matrix = matrix("matrix: {cluster: [k3s], nodes: [2, 3]}");
        assertThat(matrix.cells()).extracting(MatrixCell::name).containsExactly("k3s-2-nodes", "k3s-3-nodes");
        assertThat(matrix.cells().getLast().words()).containsExactly("features", "--cluster", "k3s", "--nodes", "3");
    }

    @Test
    void adds_to_combinations_and_adds_cells_by_include() {
        var matrix = matrix("""
            matrix:
              cluster: [embedded]
              deny: [drop, reject]
            include:
            - {cluster: embedded, deny: reject, priority: 7, repeat: 3}
            - {cluster: kubeconfig, context: lab, cni: kube-router, version: "2.6.3", allow-disruptive: true}
            - {name: own, cluster: embedded, established: reset}
            """);
        assertThat(matrix.cells()).extracting(MatrixCell::name).containsExactly("embedded-drop", "embedded-reject",
            "kubeconfig-kube-router-2.6.3-lab", "own");
        assertThat(matrix.cells().get(1).priority()).isEqualTo(7);
        assertThat(matrix.cells().get(1).words()).containsExactly("features", "--cluster", "embedded", "--rejecting", "--repeat", "3");
        assertThat(matrix.cells().get(2).words()).containsExactly("features", "--cluster", "kubeconfig:lab", "--allow-disruptive");
        assertThat(matrix.cells().get(3).words()).containsExactly("features", "--cluster", "embedded", "--established", "reset");
    }

    @Test
    void says_features_tags_and_deadlines_of_all_cells_or_of_one() {
        var matrix = matrix("""
            features: [a.feature, b]
            tags: "not @chaos"
            deadline: 20m
            include:
            - {name: one, cluster: embedded}
            - {name: two, cluster: embedded, features: c.feature, tags: "@dns", deadline: 90s}
            """);
        assertThat(matrix.cells().getFirst().words()).containsExactly("a.feature", "b", "not @chaos", "--cluster", "embedded");
        assertThat(matrix.cells().getFirst().deadline()).isEqualTo(Duration.ofMinutes(20));
        assertThat(matrix.cells().getLast().words()).containsExactly("c.feature", "(not @chaos) and (@dns)", "--cluster", "embedded");
        assertThat(matrix.cells().getLast().deadline()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void is_told_all_its_mistakes_at_once_with_their_places() {
        assertThat(refusal("""
            matrx:
              cluster: [embedded]
            include:
            - {cluster: embeded}
            - {cluster: embedded, cnii: calico}
            - {cluster: embedded, deadline: soon}
            """)).contains("matrix.yaml:1:1: unknown field \"matrx\"", "matrix.yaml:5:23: unknown field \"cnii\"");
        assertThat(refusal("""
            include:
            - {name: a, cluster: embeded}
            - {name: b, cluster: embedded, deadline: soon}
            - {name: c, cluster: embedded, cni: calico}
            - {name: d, cluster: k3s, version: "3.30"}
            """)).contains("matrix.yaml:2:22: ", "\"embeded\"", "matrix.yaml:3:42: ", "a span of time",
            "matrix.yaml:4:37: cni is no setting of a cluster that is embedded",
            "matrix.yaml:5:36: version without a cni");
    }

    @Test
    void without_a_cell_is_refused() {
        assertThat(refusal("")).contains("matrix.yaml: the matrix is empty");
        assertThat(refusal("deadline: 5m")).contains("the matrix has no cell");
        assertThat(refusal("matrix: {cluster: []}")).contains("the axis cluster has no value");
        assertThat(refusal("matrix: {cluster: [embedded]}\nexclude: [{cluster: embedded}]")).contains("the matrix has no cell");
    }

    @Test
    void of_which_two_cells_have_one_name_is_refused() {
        assertThatThrownBy(() -> matrix("""
            include:
            - {name: A b, cluster: embedded}
            - {name: a-b, cluster: embedded}
            """)).hasMessageContaining("two cells are called a-b; the other is at matrix.yaml:2:10");
    }

    @Test
    void whose_versions_are_numbers_says_to_quote_them() {
        assertThat(refusal("matrix:\n  cluster: [k3s]\n  k3s: [1.30]\n")).contains("expected a string", "put it in quotes");
    }
}

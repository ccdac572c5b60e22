package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.kubernetes.stub.StubApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A look at the nodes of k3s that come up")
final class Fabric8ViewTest {
    private static final String NODE = "node-9";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "True  | -                                       | -                | -",
        "True  | node.kubernetes.io/not-ready            | NoExecute        | node-9 to lose the taint node.kubernetes.io/not-ready:NoExecute",
        "True  | node.cilium.io/agent-not-ready          | NoSchedule       | node-9 to lose the taint node.cilium.io/agent-not-ready:NoSchedule",
        "True  | spare                                   | PreferNoSchedule | -",
        "False | node.kubernetes.io/not-ready            | NoSchedule       | node-9 to be ready (no network)",
    })
    void waits_until_one_is_ready_and_takes_pods(String ready, String taint, String effect, String waitsFor) {
        try (var stub = StubApi.start(folder, Set.of("list nodes")); var view = Fabric8View.of(stub.kubeconfig())) {
            stub.put("/nodes", "", NODE, node(ready, taint == null ? "" : "{'key': '%s', 'effect': '%s'}".formatted(taint, effect)));
            assertThat(view.ready(List.of(NODE))).isEqualTo(waitsFor == null ? new Look(true, "ready") : new Look(false, waitsFor));
        }
    }

    private static String node(String ready, String taints) {
        return """
            {'apiVersion': 'v1', 'kind': 'Node', 'metadata': {'name': '%s'}, 'spec': {'taints': [%s]},
             'status': {'conditions': [{'type': 'Ready', 'status': '%s', 'message': 'no network'}]}}
            """.formatted(NODE, taints, ready);
    }
}

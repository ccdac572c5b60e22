package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Resource.OfPod;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pods that a cluster has scheduled")
class NodePlacementTest {
    private static final List<String> NODES = List.of("node-1", "node-2");

    @Test
    void keep_their_neighbours_on_the_nodes_that_there_are() {
        var manifest = read(pod("a", "nodeName: ip-1, ") + pod("b", "nodeName: ip-2, ") + pod("c", "nodeName: ip-1, ") + pod("d", "")
            + pod("e", "nodeName: ip-3, ")).onNodes(NODES);
        assertThat(placed(manifest)).containsExactly("a node-1", "b node-2", "c node-1", "d ", "e node-1");
        assertThat(manifest.notes()).extracting(Note::toString)
            .containsExactly("nodes of the manifests stand on those of this cluster: ip-1 is node-1, ip-2 is node-2, ip-3 is node-1");
    }

    @Test
    void stay_where_they_are_if_the_node_is_there() {
        var manifest = read(pod("a", "nodeName: node-2, ") + "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n");
        assertThat(manifest.onNodes(NODES)).isSameAs(manifest);
    }

    @Test
    void on_the_network_of_nodes_that_are_one_here_are_left_out_but_one() {
        var manifest = read(pod("a", "nodeName: ip-1, hostNetwork: true, ") + pod("b", "nodeName: ip-2, hostNetwork: true, ")
            + pod("c", "nodeName: ip-3, hostNetwork: true, ") + pod("d", "nodeName: ip-3, ")).onNodes(NODES);
        assertThat(placed(manifest)).containsExactly("a node-1", "b node-2", "d node-1");
        assertThat(manifest.notes()).extracting(Note::toString).last().asString()
            .isEqualTo("left out, since nodes that are one here have the same ports in use on the network of the node: shop/c");
    }

    private static List<String> placed(Manifest manifest) {
        return manifest.resources().stream().map(r -> ((OfPod) r).pod()).map(p -> p.name().name() + " " + p.node()).toList();
    }

    private static String pod(String name, String spec) {
        return "{apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {%scontainers: [{ports: [{containerPort: 9100}]}]}}\n---\n"
            .formatted(name, spec);
    }
}

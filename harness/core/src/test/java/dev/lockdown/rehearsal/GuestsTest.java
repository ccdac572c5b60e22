package dev.lockdown.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.need.NeedReader;
import dev.lockdown.need.PlatformAddresses;
import dev.lockdown.need.Unproven;
import dev.lockdown.state.Change;
import dev.lockdown.state.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Shadow pods as guests of a cluster")
class GuestsTest {
    private static final String APPLICATION = """
        apiVersion: v1
        kind: Pod
        metadata: {name: agent, namespace: shop, labels: {app: agent}}
        spec: {hostNetwork: true, nodeName: node-1, containers: [{name: c, ports: [{containerPort: 9100}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: agent, namespace: shop}
        spec: {selector: {app: agent}, ports: [{port: 9100}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {nodeName: node-1, containers: [{name: c, env: [{name: A_URL, value: "http://agent:9100"}, {name: B_URL, value: "http://sys.kube-system"}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: sys, namespace: kube-system, labels: {app: sys}}
        spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: sys, namespace: kube-system}
        spec: {selector: {app: sys}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
        """;

    private static Rehearsal rehearsal(boolean asGuests) {
        var sources = List.of(new Source(Position.startOf("app.yaml"), APPLICATION));
        var manifest = Manifests.readAll(sources, "shop").onNodes(List.of("node-1"));
        var needs = NeedReader.read(manifest, sources, "shop", Map.of());
        var shadows = Shadows.of(manifest, needs, List.of());
        return new Rehearsal(needs, asGuests ? shadows.asGuests() : shadows, HomeAddresses.of(PlatformAddresses.UNKNOWN));
    }

    private static Shadows shadows() {
        var sources = List.of(new Source(Position.startOf("app.yaml"), APPLICATION));
        var manifest = Manifests.readAll(sources, "shop").onNodes(List.of("node-1"));
        return Shadows.of(manifest, NeedReader.read(manifest, sources, "shop", Map.of()), List.of());
    }

    @Test
    void stand_neither_in_the_network_of_a_node_nor_in_system_namespaces_nor_on_a_certain_node() {
        assertThat(shadows().asGuests().states().cast()).filteredOn(Change.StartPod.class::isInstance).singleElement()
            .satisfies(c -> assertThat(((Change.StartPod) c).pod()).satisfies(p -> {
                assertThat(p.name()).hasToString("shop/web");
                assertThat(p.node()).isEmpty();
            }));
        assertThat(rehearsal(true).namespaces()).containsExactly("shop");
        assertThat(rehearsal(false).namespaces()).contains("shop", "kube-system");
    }

    @Test
    void are_not_reached_from_outside() {
        assertThat(shadows().states().cast()).filteredOn(Change.ApplyService.class::isInstance)
            .extracting(c -> ((Change.ApplyService) c).service()).allSatisfy(s -> {
                assertThat(s.type()).isEqualTo(Service.Type.CLUSTER_IP);
                assertThat(s.ports()).allSatisfy(p -> assertThat(p.nodePort()).isZero());
            }).hasSize(3);
    }

    @Test
    void say_what_could_not_be_tried_without_them() {
        assertThat(rehearsal(true).expected().unproven()).extracting(Unproven::what)
            .filteredOn(w -> w.contains("no pod of ours stands in the network of a node"))
            .anyMatch(w -> w.startsWith("shop/Pod/web to service:shop/agent on TCP/9100"))
            .anyMatch(w -> w.startsWith("shop/Pod/web to service:kube-system/sys on TCP/80"));
        assertThat(rehearsal(false).expected().unproven()).extracting(Unproven::what)
            .noneMatch(w -> w.contains("no pod of ours stands"));
    }
}

package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The flows that a cast makes possible")
class DeclaredFlowsTest {
    private static final Capabilities BOTH = new Capabilities("two nodes", List.of("node-1"), List.of(Family.IPV4, Family.IPV6),
        Map.of(Protocol.SCTP, "no kernel has it"), Duration.ZERO, Duration.ZERO, false, true, false);
    private static final Pod WEB = new Pod(TrialFixture.WEB.name(), Map.of("app", "web"),
        List.of(ContainerPort.unnamed(TrialFixture.PORT)), "node-1", false);
    private static final Endpoint.Service SINGLE = new Endpoint.Service(new NamespacedName("shop", "single"));
    private static final Endpoint.Service BOTH_STACKS = new Endpoint.Service(new NamespacedName("shop", "both"));

    private static List<InetAddress> at(String... literals) {
        return List.of(literals).stream().map(InetAddress::ofLiteral).toList();
    }

    private static Service service(Endpoint.Service service) {
        return new Service(service.name(), Map.of(), Map.of("app", "web"),
            List.of(new Service.ServicePort("", Port.parse("TCP/80"), new Service.TargetPort.Number(8080), 0)), Service.Type.CLUSTER_IP);
    }

    @Test
    void are_of_a_family_in_which_the_destination_has_an_address() {
        var state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(List.of(
            new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.StartPod(WEB),
            new Change.ApplyService(service(SINGLE)), new Change.ApplyService(service(BOTH_STACKS))));
        var addresses = new Addresses(Map.of(TrialFixture.WEB, at("10.42.1.2", "fd42::2"), SINGLE, at("10.43.0.7"),
            BOTH_STACKS, at("10.43.0.8", "fd43::8"), DeclaredFlows.DNS, at("10.43.0.10"), new Endpoint.Node("node-1"), at("10.99.0.1")));
        var dialled = DeclaredFlows.probes(state, addresses, BOTH, Set.of(TrialFixture.WEB.name()), new BaselineNeeds(Set.of(), false))
            .stream().map(p -> ((Probe.Reach) p).flow()).filter(f -> f.source().equals(TrialFixture.WEB))
            .map(f -> f.destination() + " " + f.family()).distinct().toList();
        assertThat(dialled).containsExactlyInAnyOrder("shop/web IPv4", "shop/web IPv6", "service:shop/single IPv4",
            "service:shop/both IPv4",
            "service:shop/both IPv6", "service:kube-system/kube-dns IPv4", "kubernetes-api IPv4", "kubernetes-api IPv6");
    }
}

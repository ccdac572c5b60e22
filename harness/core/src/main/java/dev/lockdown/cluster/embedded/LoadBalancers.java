package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The load balancers of Services: the router sends what is for one of their addresses to one node, as MetalLB does where it announces by ARP.
/// With `externalTrafficPolicy: Local` it is the first node that has an endpoint, as the nodes' health checks have it; else the first.
final class LoadBalancers implements Part {
    private final Wiring wiring;
    private final Map<InetAddress, String> routed = new HashMap<>();

    LoadBalancers(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void follow(Snapshot now) {
        for (var service : now.state().services().values()) {
            if (service.type() != Service.Type.LOAD_BALANCER) continue;
            var node = node(now.state(), service);
            for (var address : now.addresses().of(new Endpoint.LoadBalancer(service.name())))
                if (!node.equals(routed.put(address, node))) wiring.route(address, node);
        }
    }

    private static String node(ClusterState state, Service service) {
        var nodes = state.nodes().keySet().stream().sorted().toList();
        if (!service.outside().isLocal()) return nodes.getFirst();
        var having = ServiceEndpoints.pods(state, service).stream().map(Pod::node).collect(Collectors.toSet());
        return nodes.stream().filter(having::contains).findFirst().orElse(nodes.getFirst());
    }
}

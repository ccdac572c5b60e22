package dev.lockdown.trial;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a feature may speak of though it declares none of it: DNS, the API's Service, and the addresses of what is outside.
final class SystemPreview {
    private SystemPreview() {}

    static List<Change> changes() {
        var changes = new ArrayList<Change>();
        for (var namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease"))
            changes.add(new Change.ApplyNamespace(new Namespace(namespace, Map.of())));
        var labels = Map.of("k8s-app", "kube-dns");
        var udp = new Port(Protocol.UDP, 53);
        var tcp = new Port(Protocol.TCP, 53);
        for (int i = 1; i <= 2; i++)
            changes.add(new Change.StartPod(new Pod(new NamespacedName("kube-system", "kube-dns-" + i), labels,
                List.of(new ContainerPort(udp, "dns"), new ContainerPort(tcp, "dns-tcp")), "", false)));
        changes.add(new Change.ApplyService(
            new Service(DeclaredFlows.DNS.name(), labels, labels, List.of(port("dns", udp), port("dns-tcp", tcp)),
                Service.Type.CLUSTER_IP)));
        changes.add(new Change.ApplyService(new Service(new NamespacedName("default", "kubernetes"), Map.of(), Map.of(),
            List.of(port("https", DeclaredFlows.API)), Service.Type.CLUSTER_IP)));
        return changes;
    }

    /// Pods and nodes have none; every load balancer and every host outside has one of each family, a host its own if it was given one.
    static Addresses addresses(ClusterState state, List<Family> families) {
        var anywhere = families.stream().map(f -> InetAddress.ofLiteral(f == Family.IPV4 ? "203.0.113.1" : "2001:db8::1")).toList();
        var given = new HashMap<Endpoint, List<InetAddress>>();
        for (var host : state.hosts().values())
            given.put(new Endpoint.Host(host.name()),
                host.addresses().isEmpty() ? anywhere : host.addresses().stream().map(InetAddress::ofLiteral).toList());
        for (var service : state.services().values())
            if (service.type() == Service.Type.LOAD_BALANCER) given.put(new Endpoint.LoadBalancer(service.name()), anywhere);
        return new Addresses(given);
    }

    private static Service.ServicePort port(String name, Port port) {
        return new Service.ServicePort(name, port, new Service.TargetPort.Number(port.number()), 0);
    }
}

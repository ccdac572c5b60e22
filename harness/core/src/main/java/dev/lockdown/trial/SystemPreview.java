package dev.lockdown.trial;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a feature may name though it declares none of it: DNS, and the API's Service.
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

    private static Service.ServicePort port(String name, Port port) {
        return new Service.ServicePort(name, port, new Service.TargetPort.Number(port.number()), 0);
    }
}

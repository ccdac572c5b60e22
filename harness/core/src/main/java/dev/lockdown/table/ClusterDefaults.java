package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What every cluster has before the first manifest, where no cluster is asked: its namespaces and its DNS, of which policies speak.
public final class ClusterDefaults {
    static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");
    private static final String SYSTEM = "kube-system";
    static final NamespacedName DNS = new NamespacedName(SYSTEM, "kube-dns");
    private static final Map<String, String> LABELS = Map.of("k8s-app", "kube-dns");
    private static final Port UDP = new Port(Protocol.UDP, 53);
    private static final Port TCP = new Port(Protocol.TCP, 53);

    private ClusterDefaults() {}

    /// Give what a cluster has besides; a DNS that the manifests bring takes the place of this one.
    static List<Change> beside(List<Change> cast) {
        var changes = new ArrayList<Change>();
        for (var name : NAMESPACES) changes.add(new Change.ApplyNamespace(new Namespace(name, Map.of())));
        if (cast.stream().anyMatch(ClusterDefaults::isDns)) return changes;
        changes.add(new Change.StartPod(new Pod(new NamespacedName(SYSTEM, "kube-dns-1"), LABELS,
            List.of(new ContainerPort(UDP, "dns"), new ContainerPort(TCP, "dns-tcp")), "", false)));
        changes.add(new Change.ApplyService(new Service(DNS, LABELS, LABELS, List.of(port("dns", UDP), port("dns-tcp", TCP)),
            Service.Type.CLUSTER_IP)));
        return changes;
    }

    /// Give every pod an address of its own, where no cluster gives them. One in the network of a node has the node's, which nobody knows.
    public static Map<Endpoint, List<InetAddress>> addresses(ClusterState state) {
        var given = new HashMap<Endpoint, List<InetAddress>>();
        int number = 2;
        for (var pod : state.pods().values()) {
            if (pod.hostNetwork()) continue;
            given.put(new Endpoint.Pod(pod.name()), List.of(InetAddress.ofLiteral("10.42." + number / 250 + "." + (number % 250 + 1))));
            number++;
        }
        return given;
    }

    static boolean isDns(Pod pod) {
        return pod.name().namespace().equals(SYSTEM) && pod.labels().entrySet().containsAll(LABELS.entrySet());
    }

    private static boolean isDns(Change change) {
        return switch (change) {
            case Change.StartPod(var pod) -> isDns(pod) || pod.name().equals(new NamespacedName(SYSTEM, "kube-dns-1"));
            case Change.ApplyService(var service) -> service.name().equals(DNS);
            case Change.ApplyNamespace _, Change.ApplyPolicy _, Change.AddHost _, Change.DeleteNamespace _, Change.DeletePolicy _, Change.DeleteService _, Change.RelabelNamespace _, Change.RelabelPod _, Change.StopPod _ ->
                false;
        };
    }

    private static ServicePort port(String name, Port port) {
        return new ServicePort(name, port, new TargetPort.Number(port.number()), 0);
    }
}

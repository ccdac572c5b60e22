package dev.lockdown.cluster.embedded.controlplane;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a new cluster brings with it, as k3s does: the namespaces, DNS with a pod on the first two nodes, the API server's Service.
public final class SystemObjects {
    public static final NamespacedName API = new NamespacedName("default", "kubernetes");
    public static final NamespacedName DNS = new NamespacedName("kube-system", "kube-dns");
    public static final int API_PORT = 6443;
    private static final Map<String, String> DNS_LABELS = Map.of("k8s-app", "kube-dns");
    private static final Port UDP = new Port(Protocol.UDP, 53);
    private static final Port TCP = new Port(Protocol.TCP, 53);

    private SystemObjects() {}

    public static List<Change> changes(List<String> nodes) {
        var changes = new ArrayList<Change>();
        for (var namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease"))
            changes.add(new Change.ApplyNamespace(new Namespace(namespace, Map.of())));
        for (int i = 0; i < Math.min(2, nodes.size()); i++)
            changes.add(new Change.StartPod(new Pod(new NamespacedName("kube-system", "kube-dns-" + (i + 1)), DNS_LABELS,
                List.of(new ContainerPort(UDP, "dns"), new ContainerPort(TCP, "dns-tcp")), nodes.get(i), false)));
        changes.add(new Change.ApplyService(new Service(DNS, DNS_LABELS, DNS_LABELS,
            List.of(port("dns", UDP, 53), port("dns-tcp", TCP, 53)), Service.Type.CLUSTER_IP)));
        changes.add(new Change.ApplyService(new Service(API, Map.of("component", "apiserver", "provider", "kubernetes"), Map.of(),
            List.of(port("https", new Port(Protocol.TCP, 443), API_PORT)), Service.Type.CLUSTER_IP)));
        return changes;
    }

    /// Whether a pod's port 53 is a name server's.
    public static boolean servesDns(Pod pod) {
        return pod.name().namespace().equals(DNS.namespace()) && pod.labels().entrySet().containsAll(DNS_LABELS.entrySet())
            && pod.ports().stream().anyMatch(p -> p.port().equals(UDP));
    }

    /// Stop the name servers that the cluster brought with it where changes bring others, as those of a dump are: each answers as well.
    public static List<Change> makingRoom(List<Change> changes, ClusterState state) {
        boolean others = changes.stream().anyMatch(c -> c instanceof Change.StartPod(var pod) && servesDns(pod) && !isOwn(pod));
        if (!others) return changes;
        var all = new ArrayList<Change>();
        for (var pod : state.pods().values()) if (servesDns(pod) && isOwn(pod)) all.add(new Change.StopPod(pod.name()));
        all.addAll(changes);
        return all;
    }

    private static boolean isOwn(Pod pod) {
        return pod.name().name().startsWith("kube-dns-") && pod.labels().equals(DNS_LABELS);
    }

    private static ServicePort port(String name, Port port, int target) {
        return new ServicePort(name, port, new TargetPort.Number(target), 0);
    }
}

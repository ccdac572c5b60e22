package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.Type;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A small cluster for tests, built without any network.
///
/// `default/kubernetes` and `kube-system/kube-dns` are there from the start.
public final class SnapshotFixture {
    private final Map<Endpoint, List<InetAddress>> addresses = new HashMap<>();
    private ClusterState state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()), new Node("node-2", Map.of())));

    public SnapshotFixture() {
        namespace("default").namespace("kube-system");
        service("default/kubernetes", Type.CLUSTER_IP, "", List.of(port("https", "TCP/443", new TargetPort.Number(6443))), "10.43.0.1");
        service("kube-system/kube-dns", Type.CLUSTER_IP, "k8s-app=kube-dns", List.of(), "10.43.0.10");
    }

    public static ServicePort port(String name, String port, TargetPort target) {
        return new ServicePort(name, Port.parse(port), target, 0);
    }

    public SnapshotFixture namespace(String name) {
        return after(new Change.ApplyNamespace(new Namespace(name, Map.of())));
    }

    public SnapshotFixture pod(String name, String labels, List<ContainerPort> ports, String... at) {
        var key = NamespacedName.parse(name);
        addresses.put(new Endpoint.Pod(key), literals(at));
        return after(new Change.StartPod(new Pod(key, labels(labels), ports, "node-1", false)));
    }

    public SnapshotFixture service(String name, Type type, String selector, List<ServicePort> ports, String... at) {
        var key = NamespacedName.parse(name);
        addresses.put(new Endpoint.Service(key), literals(at));
        return after(new Change.ApplyService(new Service(key, Map.of(), labels(selector), ports, type)));
    }

    public SnapshotFixture alias(String name, String externalName) {
        return after(new Change.ApplyService(Service.alias(NamespacedName.parse(name), Map.of(), List.of(), externalName)));
    }

    public SnapshotFixture host(String name, String... at) {
        addresses.put(new Endpoint.Host(name), literals(at));
        return after(new Change.AddHost(new ExternalHost(name, List.of(), List.of(at))));
    }

    public Snapshot snapshot() {
        return new Snapshot(state, new Addresses(addresses));
    }

    private SnapshotFixture after(Change change) {
        state = state.after(change);
        return this;
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        for (var label : text.isEmpty() ? new String[0] : text.split(",")) labels.put(label.split("=")[0], label.split("=")[1]);
        return labels;
    }

    private static List<InetAddress> literals(String... texts) {
        var literals = new ArrayList<InetAddress>();
        for (var text : texts) literals.add(InetAddress.ofLiteral(text));
        return literals;
    }
}

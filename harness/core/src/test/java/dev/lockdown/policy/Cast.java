package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Addresses.ApiServer;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.Outside;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.TrafficPolicy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A small cluster made up for a test. Two nodes, node-1 (172.18.0.2) with the API server and node-2 (172.18.0.3); pods run on node-1
/// unless told otherwise, and get 10.42.0.1, 10.42.0.2… and fd00::1, fd00::2… in order.
final class Cast {
    private ClusterState state =
        ClusterState.ofNodes(List.of(new Node("node-1", Map.of()), new Node("node-2", Map.of())));
    private final Map<Endpoint, List<InetAddress>> addresses = new HashMap<>();
    private List<ApiServer> apiServers = literals("172.18.0.2", "fd18::2").stream().map(a -> new ApiServer(a, 6443)).toList();
    private int given;

    private Cast() {
        addresses.put(new Endpoint.Node("node-1"), literals("172.18.0.2", "fd18::2"));
        addresses.put(new Endpoint.Node("node-2"), literals("172.18.0.3", "fd18::3"));
        addresses.put(new Endpoint.KubernetesApi(), literals("10.43.0.1", "fd43::1"));
    }

    static Cast cluster() {
        return new Cast();
    }

    Cast namespace(String name, String labels) {
        return change(new Change.ApplyNamespace(new Namespace(name, labels(labels))));
    }

    /// @param ports each `TCP/80`, or `http=TCP/80`
    Cast pod(String name, String labels, String... ports) {
        return pod(name, labels, "node-1", false, ports);
    }

    Cast onlyIpv4(String pod) {
        var endpoint = Endpoint.parse(pod);
        addresses.put(endpoint, addresses.getOrDefault(endpoint, List.of()).subList(0, 1));
        return this;
    }

    Cast withoutAddress(String endpoint) {
        addresses.remove(Endpoint.parse(endpoint));
        return this;
    }

    Cast withoutNode(String name) {
        var nodes = new HashMap<>(state.nodes());
        nodes.remove(name);
        state = new ClusterState(nodes, state.namespaces(), state.pods(), state.services(), state.policies(), state.hosts());
        return this;
    }

    Cast apiServerAt(String address) {
        apiServers = List.of(new ApiServer(InetAddress.ofLiteral(address), 6443));
        return this;
    }

    Cast address(String endpoint, String address) {
        addresses.put(Endpoint.parse(endpoint), literals(address));
        return this;
    }

    Cast podOn(String node, String name, String labels, String... ports) {
        return pod(name, labels, node, false, ports);
    }

    Cast hostNetworkPodOn(String node, String name, String labels, String... ports) {
        return pod(name, labels, node, true, ports);
    }

    private Cast pod(String text, String labels, String node, boolean hostNetwork, String... ports) {
        var name = NamespacedName.parse(text);
        if (!state.namespaces().containsKey(name.namespace())) namespace(name.namespace(), "");
        change(
            new Change.StartPod(new Pod(name, labels(labels), Arrays.stream(ports).map(Cast::containerPort).toList(), node, hostNetwork)));
        if (hostNetwork) addresses.put(new Endpoint.Pod(name), addresses.getOrDefault(new Endpoint.Node(node), List.of()));
        else addresses.put(new Endpoint.Pod(name), literals("10.42.0." + ++given, "fd00::" + given));
        return this;
    }

    /// A ClusterIP Service, at 10.43.0.10.
    ///
    /// @param target a number, or the name of a container port
    Cast service(String text, String selector, String port, String target) {
        return service(text, selector, port, target, Service.Type.CLUSTER_IP, 0);
    }

    Cast headless(String text, String selector, String port) {
        return service(text, selector, port, "1", Service.Type.HEADLESS, 0);
    }

    Cast nodePort(String text, String selector, String port, String target, int nodePort) {
        return service(text, selector, port, target, Service.Type.NODE_PORT, nodePort);
    }

    /// A Service of type LoadBalancer, whose balancer is at 172.18.255.1.
    Cast loadBalancer(String text, String selector, String port, String target, Outside outside) {
        addresses.put(new Endpoint.LoadBalancer(NamespacedName.parse(text)), literals("172.18.255.1"));
        return service(text, selector, port, target, Service.Type.LOAD_BALANCER, 0, outside);
    }

    Cast localNodePort(String text, String selector, String port, String target, int nodePort) {
        return service(text, selector, port, target, Service.Type.NODE_PORT, nodePort, new Outside(TrafficPolicy.LOCAL, false));
    }

    private Cast service(String text, String selector, String port, String target, Service.Type type, int nodePort) {
        return service(text, selector, port, target, type, nodePort, Outside.USUAL);
    }

    private Cast service(String text, String selector, String port, String target, Service.Type type, int nodePort, Outside outside) {
        var name = NamespacedName.parse(text);
        var to = target.matches("\\d+") ? new TargetPort.Number(Integer.parseInt(target)) : new TargetPort.Name(target);
        var ports = List.of(new ServicePort("", Port.parse(port), to, nodePort));
        if (type != Service.Type.HEADLESS) addresses.put(new Endpoint.Service(name), literals("10.43.0.10"));
        return change(new Change.ApplyService(new Service(name, Map.of(), labels(selector), ports, type).withOutside(outside)));
    }

    Cast host(String name, String address) {
        return change(new Change.AddHost(new ExternalHost(name, List.of(), List.of(address))));
    }

    Cast policy(Written policy) {
        return change(new Change.ApplyPolicy(policy.policy()));
    }

    /// As manifests alone leave it: nobody has an address, nobody was scheduled.
    Cast unscheduled() {
        addresses.clear();
        apiServers = List.of();
        for (var pod : state.pods().values())
            change(new Change.StopPod(pod.name())).change(new Change.StartPod(pod.onNode("")));
        return this;
    }

    Cast change(Change change) {
        state = state.after(change);
        return this;
    }

    ClusterState state() {
        return state;
    }

    Oracle oracle() {
        return new Oracle(state, new Addresses(addresses, apiServers));
    }

    Explanation explain(String source, String destination, String port) {
        return oracle().explain(flow(source, destination, port));
    }

    static Flow flow(String source, String destination, String port) {
        return Flow.of(Endpoint.parse(source), Endpoint.parse(destination), Port.parse(port));
    }

    static Flow flow6(String source, String destination, String port) {
        return new Flow(Endpoint.parse(source), Endpoint.parse(destination), Port.parse(port), Family.IPV6);
    }

    /// @param text `app=web, tier=front`, or empty
    static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        for (var label : text.split(", ")) {
            if (label.isEmpty()) continue;
            var parts = label.split("=", 2);
            labels.put(parts[0], parts[1]);
        }
        return labels;
    }

    private static ContainerPort containerPort(String text) {
        var parts = text.split("=", 2);
        return parts.length == 1 ? ContainerPort.unnamed(Port.parse(text)) : new ContainerPort(Port.parse(parts[1]), parts[0]);
    }

    private static List<InetAddress> literals(String... addresses) {
        var literals = new ArrayList<InetAddress>();
        for (var address : addresses) literals.add(InetAddress.ofLiteral(address));
        return literals;
    }
}

package dev.lockdown.fuzz;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import java.util.ArrayList;
import java.util.List;

/// Everything that can be asked in a state: pods, nodes and machines outside to every pod on every port that it serves, over every family;
/// pods to Services and to the outside; and datagrams that nobody asked for.
final class Cells {
    private final ClusterState state;
    private final List<Pod> pods;
    private final List<Probe> probes = new ArrayList<>();

    private Cells(ClusterState state) {
        this.state = state;
        this.pods = state.pods().values().stream().filter(p -> RandomNames.NAMESPACES.contains(p.name().namespace())).toList();
    }

    static List<Probe> of(ClusterState state, List<Family> families) {
        var cells = new Cells(state);
        families.forEach(cells::add);
        return cells.probes;
    }

    private void add(Family family) {
        for (var pod : pods) {
            var end = end(pod);
            for (var other : pods) reach(end, end(other), served(other), family);
            for (var service : state.services().values())
                for (var port : service.ports()) if (isServed(service, port)) reach(end, address(service), List.of(port.port()), family);
            for (var host : state.hosts().values()) reach(end, end(host), host.ports(), family);
            for (var node : state.nodes().keySet()) reach(new Endpoint.Node(node), end, served(pod), family);
            for (var host : state.hosts().values()) reach(end(host), end, served(pod), family);
            unasked(pod, family);
        }
    }

    private static Endpoint end(Pod pod) {
        return new Endpoint.Pod(pod.name());
    }

    private static Endpoint end(ExternalHost host) {
        return new Endpoint.Host(host.name());
    }

    private static Endpoint address(Service service) {
        return new Endpoint.Service(service.name());
    }

    private static List<Port> served(Pod pod) {
        return pod.ports().stream().map(ContainerPort::port).distinct().toList();
    }

    private void reach(Endpoint from, Endpoint to, List<Port> ports, Family family) {
        for (var port : ports) probes.add(Probe.Reach.of(new Flow(from, to, port, family)));
    }

    /// From the first port that the pod serves by UDP to each of the others.
    private void unasked(Pod pod, Family family) {
        if (pod.hostNetwork()) return;
        var from = served(pod).stream().filter(p -> p.protocol() == Protocol.UDP).findFirst();
        if (from.isEmpty()) return;
        for (var other : pods)
            if (other != pod && !other.hostNetwork()) probes.add(new Probe.Unasked(new Flow(end(pod), end(other), from.get(), family)));
    }

    /// A Service that leads to a port where nobody listens says nothing about policies.
    private boolean isServed(Service service, ServicePort port) {
        if (!RandomNames.NAMESPACES.contains(service.name().namespace())) return false;
        var endpoints = ServiceEndpoints.of(state, service.name(), port.port());
        return !endpoints.isEmpty() && endpoints.stream().allMatch(e -> served(e.pod()).contains(e.port()));
    }
}

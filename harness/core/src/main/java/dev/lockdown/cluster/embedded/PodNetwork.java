package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.dial.DropMonitor;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.wiring.PodPlan;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Connects pods to the network when they start, all of them at once because that is faster, and disconnects them when they stop.
final class PodNetwork implements Part {
    private final Wiring wiring;
    private final NetworkEndpoints endpoints;
    private final List<DropMonitor> monitors;
    private final AddressBook book;
    private final Map<NamespacedName, Pod> starting = new LinkedHashMap<>();
    private List<Pod> started = List.of();

    /// @param monitors of all nodes, by their number
    PodNetwork(Wiring wiring, NetworkEndpoints endpoints, List<DropMonitor> monitors, AddressBook book) {
        this.wiring = wiring;
        this.endpoints = endpoints;
        this.monitors = monitors;
        this.book = book;
    }

    @Override
    public void handle(Change change) {
        switch (change) {
            case Change.StartPod(var pod) -> starting.put(pod.name(), pod);
            case Change.StopPod(var name) -> stop(name);
            case Change.DeleteNamespace(var name) -> stopAll(name);
            case Change.AddHost _, Change.ApplyService _, Change.DeleteService _, Change.ApplyNamespace _, Change.ApplyPolicy _, Change.DeletePolicy _, Change.RelabelPod _, Change.RelabelNamespace _ ->
                {
                }
        }
    }

    @Override
    public void connect() {
        started = List.copyOf(starting.values());
        starting.clear();
        if (started.isEmpty()) return;
        var plans = started.stream().map(p -> new PodPlan(p.name(), p.node(), p.hostNetwork())).toList();
        for (var link : wiring.addPods(plans)) {
            var endpoint = new Endpoint.Pod(link.name());
            book.give(endpoint, link.addresses());
            endpoints.add(endpoint, link.namespace(), link.addresses(), monitors.get(link.node().number()));
        }
    }

    @Override
    public void follow(Snapshot now) {}

    /// The pods that the latest changes started.
    List<Pod> started() {
        return started;
    }

    private void stop(NamespacedName name) {
        if (starting.remove(name) != null) return;
        endpoints.remove(new Endpoint.Pod(name));
        book.takeBack(new Endpoint.Pod(name));
        wiring.removePod(name);
    }

    private void stopAll(String namespace) {
        starting.keySet().removeIf(n -> n.namespace().equals(namespace));
        for (var endpoint : book.endpoints(e -> e instanceof Endpoint.Pod(var name) && name.namespace().equals(namespace)))
            stop(((Endpoint.Pod) endpoint).name());
    }
}

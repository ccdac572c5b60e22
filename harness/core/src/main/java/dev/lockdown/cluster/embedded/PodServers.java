package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.dns.ClusterDns;
import dev.lockdown.cluster.embedded.dns.DnsResponder;
import dev.lockdown.cluster.embedded.dns.DnsServer;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Responder;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Opens the servers of the pods that start: echo on their ports, DNS in the kube-dns pods.
final class PodServers implements Part {
    private final NetworkEndpoints endpoints;
    private final AddressBook book;
    private final ClusterDns dns;
    private final Supplier<List<Pod>> started;

    /// @param started the pods that the latest changes started
    PodServers(NetworkEndpoints endpoints, AddressBook book, ClusterDns dns, Supplier<List<Pod>> started) {
        this.endpoints = endpoints;
        this.book = book;
        this.dns = dns;
        this.started = started;
    }

    @Override
    public void follow(Snapshot now) {
        started.get().forEach(this::serve);
    }

    private void serve(Pod pod) {
        var endpoint = new Endpoint.Pod(pod.name());
        var ports = pod.ports().stream().map(ContainerPort::port).collect(Collectors.toSet());
        Map<Port, Responder> other = SystemObjects.servesDns(pod) ? nameServer(dns.server(endpoint.toString())) : Map.of();
        endpoints.serve(Objects.requireNonNull(endpoints.get(endpoint)), book.of(endpoint), ports, other);
    }

    static Map<Port, Responder> nameServer(DnsServer server) {
        return Map.of(new Port(Protocol.UDP, 53), new DnsResponder(server, false), new Port(Protocol.TCP, 53),
            new DnsResponder(server, true));
    }
}

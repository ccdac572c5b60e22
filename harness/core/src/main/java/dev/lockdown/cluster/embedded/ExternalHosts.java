package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.dns.ClusterDns;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.state.Change;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.util.Map;

/// Connects external hosts, which serve from the first moment on: no policy is about what they do. The DNS cache of the nodes is one.
final class ExternalHosts implements Part {
    private final Wiring wiring;
    private final NetworkEndpoints endpoints;
    private final AddressBook book;
    private final ClusterDns dns;

    ExternalHosts(Wiring wiring, NetworkEndpoints endpoints, AddressBook book, ClusterDns dns) {
        this.wiring = wiring;
        this.endpoints = endpoints;
        this.book = book;
        this.dns = dns;
    }

    @Override
    public void handle(Change change) {
        if (change instanceof Change.AddHost(var host)) add(host);
    }

    @Override
    public void follow(Snapshot now) {}

    private void add(ExternalHost host) {
        var link = wiring.addHost(host.name(), host.addresses().stream().map(InetAddress::ofLiteral).toList());
        var endpoint = new Endpoint.Host(host.name());
        book.give(endpoint, link.addresses());
        endpoints.serve(endpoints.add(endpoint, link.namespace(), link.addresses(), null), link.addresses(), host.ports(),
            DnsCache.is(host) ? PodServers.nameServer(dns.server(endpoint.toString())) : Map.of());
    }
}

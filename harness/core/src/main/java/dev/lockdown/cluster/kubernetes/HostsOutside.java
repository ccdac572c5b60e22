package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.outside.BalancerAddresses;
import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.cluster.kubernetes.system.NodeDnsCache;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Has the external hosts of a scenario be there, as far as that is the run's to do.
record HostsOutside(ClusterRun run, NodeAgents nodeAgents, Locations locations) {

    /// Serve those that this machine stands for, which the nodes' agents look for, and have the cluster's DNS know those whose names the
    /// scenario asks for.
    ///
    /// @param resolved all names that the scenario asks for
    /// @throws UnsupportedException if one cannot be there, saying why
    void add(List<ExternalHost> hosts, Set<String> resolved) {
        for (var host : hosts)
            refusal(host).ifPresent(why -> {
                throw new UnsupportedException(why);
            });
        for (var host : hosts) if (run.hosts().isOurs(host.name())) run.hosts().serve(host, nodeAgents.started());
        if (!run.settings().allowDisruptive()) return;
        var names = new HashMap<String, List<InetAddress>>();
        for (var host : hosts) {
            var there = locations.outside(host);
            if (resolved.contains(host.name()) && !there.isEmpty()) names.put(host.name(), there);
        }
        if (!names.isEmpty()) run.names().teach(names);
    }

    /// @throws UnsupportedException if one of the ends is a host or a load balancer that has no address, saying which
    static void requireAddressed(Collection<Probe> probes, Addresses addresses, BalancerAddresses balancers) {
        for (var probe : probes)
            for (var end : probe.ends()) {
                if (!addresses.of(end).isEmpty()) continue;
                if (end instanceof Endpoint.Host(var host)) throw new UnsupportedException(KubernetesProvision.unaddressed(host));
                if (end instanceof Endpoint.LoadBalancer(var service)) throw new UnsupportedException(balancers.none(service));
            }
    }

    /// Why one cannot be where its feature wants it.
    private Optional<String> refusal(ExternalHost host) {
        if (DnsCache.is(host)) return NodeDnsCache.refusal(NodeDnsCache.addresses(run.client()), host);
        var external = run.settings().externals().get(host.name());
        return external == null ? Optional.empty() : External.refusal(host, external);
    }
}

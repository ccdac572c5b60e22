package dev.lockdown.cluster;

import dev.lockdown.disruption.Disruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a scenario asks of its cluster, as far as its text says it before anything is made.
///
/// @param needs from its tags
/// @param protocols that it cannot do without, from its tags
/// @param hosts outside that it declares
/// @param probes what it names between its pods and elsewhere; not all of what it may ask
/// @param services that it begins with
/// @param pods that it begins with
/// @param namedPorts whether a pod of it, at its beginning or later, gives a port a name
/// @param watches whether it watches flows or holds connections
/// @param disruptions what it does to the cluster on purpose
public record Requirements(Needs needs, Set<Protocol> protocols, Collection<ExternalHost> hosts, Set<Probe> probes,
        Collection<Service> services, Collection<Pod> pods, boolean namedPorts,
        boolean watches, List<Disruption> disruptions) {
    public Requirements {
        protocols = Set.copyOf(protocols);
        hosts = List.copyOf(hosts);
        probes = Set.copyOf(probes);
        services = List.copyOf(services);
        pods = List.copyOf(pods);
        disruptions = List.copyOf(disruptions);
    }

    /// Those of tags alone.
    public static Requirements of(Needs needs) {
        return new Requirements(needs, Set.of(), List.of(), Set.of(), List.of(), List.of(), false, false, List.of());
    }

    /// Whether what happens beside it could change what it measures.
    public boolean isDisturbed() {
        return watches || !disruptions.isEmpty();
    }

    /// Hosts outside that it dials, by their names.
    public Set<String> dialledHosts() {
        return names(probes.stream().map(Probe::ends).filter(ends -> ends.size() > 1).map(List::getLast));
    }

    /// Hosts outside that it dials from, by their names.
    public Set<String> diallingHosts() {
        return names(probes.stream().map(Probe::source));
    }

    /// Services that it dials by their load balancers.
    public Set<NamespacedName> balancedServices() {
        var services = new TreeSet<NamespacedName>();
        for (var probe : probes)
            for (var end : probe.ends()) if (end instanceof Endpoint.LoadBalancer(var service)) services.add(service);
        return services;
    }

    /// Names that it asks DNS for.
    public Set<String> resolvedNames() {
        var names = new TreeSet<String>();
        for (var probe : probes) if (probe instanceof Probe.Resolve resolve) names.add(resolve.name());
        return names;
    }

    private static Set<String> names(Stream<Endpoint> ends) {
        var names = new TreeSet<String>();
        ends.forEach(end -> {
            if (end instanceof Endpoint.Host(var name)) names.add(name);
        });
        return names;
    }
}

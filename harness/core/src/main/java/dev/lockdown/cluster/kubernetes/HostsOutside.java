package dev.lockdown.cluster.kubernetes;

import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Has the external hosts of a scenario be there, as far as that is the run's to do.
record HostsOutside(ClusterRun run, NodeAgents nodeAgents, Locations locations) {

    /// Serve those that this machine stands for, which the nodes' agents look for, and have the cluster's DNS know those whose names the
    /// scenario asks for.
    ///
    /// @param resolved all names that the scenario asks for
    void add(List<ExternalHost> hosts, Set<String> resolved) {
        for (var host : hosts) if (run.hosts().isOurs(host.name())) run.hosts().serve(host, nodeAgents.started());
        if (!run.settings().allowDisruptive()) return;
        var names = new HashMap<String, List<InetAddress>>();
        for (var host : hosts) {
            var there = locations.outside(host);
            if (resolved.contains(host.name()) && !there.isEmpty()) names.put(host.name(), there);
        }
        if (!names.isEmpty()) run.names().teach(names);
    }
}

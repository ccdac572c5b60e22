package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;

/// The addresses of everything that can be dialled, as the API tells them.
record Locations(ClusterRun run, ApiApplier applier) {

    Addresses of(ClusterState state) {
        var info = run.info();
        var all = new HashMap<Endpoint, List<InetAddress>>();
        for (var node : info.nodes()) all.put(new Endpoint.Node(node.alias()), node.addresses());
        info.dns().pods().forEach((pod, given) -> all.put(new Endpoint.Pod(pod.name()), given));
        for (var name : state.pods().keySet()) {
            var pod = run.pods().get(name);
            if (pod != null) all.put(new Endpoint.Pod(name), pod.addresses());
        }
        applier.serviceAddresses().forEach((name, given) -> all.put(new Endpoint.Service(name), given));
        applier.balancerAddresses().forEach((name, given) -> {
            if (!given.isEmpty()) all.put(new Endpoint.LoadBalancer(name), given);
        });
        all.put(new Endpoint.Service(ClusterInfo.DNS), info.dns().serviceAddresses());
        all.put(new Endpoint.Service(ClusterInfo.API), info.apiService());
        all.put(new Endpoint.KubernetesApi(), info.apiService());
        for (var host : state.hosts().values()) {
            if (DnsCache.is(host)) all.put(new Endpoint.Host(host.name()), host.addresses().stream().map(InetAddress::ofLiteral).toList());
            else if (run.settings().externals().containsKey(host.name())) all.put(new Endpoint.Host(host.name()), outside(host));
        }
        return new Addresses(all, info.apiServers());
    }

    /// Where a host outside is: where the options say, or else where its feature does, though nobody knows whether it is there.
    List<InetAddress> outside(ExternalHost host) {
        return switch (run.settings().externals().get(host.name())) {
            case External.Elsewhere(var address, _) -> List.of(InetAddress.ofLiteral(address));
            case External.Self _ -> run.hosts().addresses(host.name());
            case null -> host.addresses().stream().map(InetAddress::ofLiteral).toList();
        };
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.DnsCache;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

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
        all.put(new Endpoint.Service(ClusterInfo.DNS), info.dns().serviceAddresses());
        all.put(new Endpoint.Service(ClusterInfo.API), info.apiService());
        all.put(new Endpoint.KubernetesApi(), info.apiService());
        for (var host : state.hosts().values()) {
            if (DnsCache.is(host)) all.put(new Endpoint.Host(host.name()), host.addresses().stream().map(InetAddress::ofLiteral).toList());
            outside(host.name()).ifPresent(there -> all.put(new Endpoint.Host(host.name()), there));
        }
        return new Addresses(all, info.apiServers());
    }

    private Optional<List<InetAddress>> outside(String host) {
        return switch (run.settings().externals().get(host)) {
            case External.Elsewhere(var address, _) -> Optional.of(List.of(InetAddress.ofLiteral(address)));
            case External.Self _ -> Optional.of(run.hosts().addresses(host));
            case null -> Optional.empty();
        };
    }
}

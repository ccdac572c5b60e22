package dev.lockdown.table;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who is no pod of the manifests, and policies speak of it: DNS, the Kubernetes API, and blocks of addresses, one machine for each block.
///
/// @param destinations that pods are asked about, with their ports
/// @param sources machines that ask pods
/// @param addresses of the machines
record Spoken(Map<Endpoint, Set<Port>> destinations, Set<Endpoint> sources, Map<Endpoint, List<InetAddress>> addresses) {
    private static final Port API = new Port(Protocol.TCP, 443);
    private static final int API_SERVER = 6443;
    private static final int DNS = 53;
    private static final int MOST_BLOCKS = 12;

    static Spoken of(ClusterState state) {
        var spoken = new Spoken(new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
        for (var policy : state.policies().values().stream().filter(p -> !HarnessNamespaces.contains(p.name().namespace())).toList())
            for (var direction : policy.types())
                for (var rule : policy.rules(direction)) spoken.add(policy, direction, rule, state);
        return spoken;
    }

    /// The machines of the blocks, as they can be set up: one for each address, if it is of a family that there is.
    List<ExternalHost> machines(List<Family> families) {
        var machines = new LinkedHashMap<InetAddress, ExternalHost>();
        addresses.forEach((end, at) -> {
            var address = at.getFirst();
            if (end instanceof Endpoint.Host(var name) && families.contains(Family.of(address)))
                machines.putIfAbsent(address, new ExternalHost(name, List.copyOf(destinations.getOrDefault(end, Set.of())),
                    List.of(address.getHostAddress())));
        });
        return List.copyOf(machines.values());
    }

    /// The same without the machines that are not there.
    Spoken among(Set<String> hosts) {
        var kept = new LinkedHashMap<>(destinations);
        kept.keySet().removeIf(d -> d instanceof Endpoint.Host(var name) && !hosts.contains(name));
        var asking = new LinkedHashSet<>(sources);
        asking.removeIf(s -> s instanceof Endpoint.Host(var name) && !hosts.contains(name));
        return new Spoken(kept, asking, addresses);
    }

    private void add(NetworkPolicy policy, Direction direction, Rule rule, ClusterState state) {
        for (var peer : rule.peers())
            if (peer instanceof Peer.IpBlock block) machine(block, direction, rule);
        if (direction == Direction.INGRESS) return;
        var dns = state.services().get(ClusterDefaults.DNS);
        boolean elsewhere = !policy.name().namespace().equals(ClusterDefaults.DNS.namespace());
        if (dns != null && elsewhere && names(rule, DNS))
            destinations.put(new Endpoint.Service(dns.name()),
                new LinkedHashSet<>(dns.ports().stream().map(Service.ServicePort::port).toList()));
        if (names(rule, API_SERVER)) destinations.put(new Endpoint.KubernetesApi(), Set.of(API));
    }

    private static boolean names(Rule rule, int number) {
        return rule.ports().stream()
            .anyMatch(p -> p instanceof PolicyPort.Range(_, var first, var last) && first <= number && number <= last);
    }

    private void machine(Peer.IpBlock block, Direction direction, Rule rule) {
        var address = OutsideAddress.in(block);
        // One word, since a machine says its name when it is asked who it is.
        var text = block.cidr()
            + (block.except().isEmpty() ? "" : "-except-" + String.join(",", block.except().stream().map(Cidr::toString).toList()));
        var host = new Endpoint.Host(text);
        if (address.isEmpty() || !addresses.containsKey(host) && addresses.size() >= MOST_BLOCKS) return;
        addresses.put(host, List.of(address.get()));
        if (direction == Direction.INGRESS) sources.add(host);
        else destinations.computeIfAbsent(host, _ -> new LinkedHashSet<>()).addAll(ports(rule));
    }

    /// The ports of the rule, the first of each range; HTTPS where it names none.
    private static List<Port> ports(Rule rule) {
        var ports = new ArrayList<Port>();
        for (var port : rule.ports()) {
            switch (port) {
                case PolicyPort.Range(var protocol, var first, _) -> ports.add(new Port(protocol, first));
                case PolicyPort.Any(var protocol) -> ports.add(new Port(protocol, API.number()));
                case PolicyPort.Named _ -> {}
            }
        }
        return rule.ports().isEmpty() ? List.of(API) : ports;
    }
}

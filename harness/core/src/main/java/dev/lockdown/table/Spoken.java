package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who is no pod of the manifests, and policies speak of it: DNS, the Kubernetes API, and blocks of addresses, one machine for each block.
///
/// @param destinations that pods are asked about, with their ports
/// @param sources machines that ask pods
/// @param addresses of the machines
record Spoken(Map<Endpoint, Set<Port>> destinations, Set<Endpoint> sources, Map<Endpoint, List<InetAddress>> addresses) {
    static final Spoken NONE = new Spoken(Map.of(), Set.of(), Map.of());
    private static final Port API = new Port(Protocol.TCP, 443);
    private static final int API_SERVER = 6443;
    private static final int DNS = 53;
    /// Where [ClusterDefaults#addresses] has the pods.
    private static final Cidr PODS = Cidr.parse("10.42.0.0/16");
    private static final int MOST_BLOCKS = 12;

    static Spoken of(ClusterState state) {
        var spoken = new Spoken(new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
        for (var policy : state.policies().values())
            for (var direction : policy.types())
                for (var rule : policy.rules(direction)) spoken.add(policy, direction, rule, state);
        return spoken;
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
        var address = address(block);
        var text = block.cidr()
            + (block.except().isEmpty() ? "" : " except " + String.join(", ", block.except().stream().map(Cidr::toString).toList()));
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

    /// An address of the block, and of no exception of it, that no pod has.
    private static Optional<InetAddress> address(Peer.IpBlock block) {
        var documentation = Family.of(block.cidr().network()) == Family.IPV4 ? List.of("192.0.2.1", "198.51.100.1", "203.0.113.1")
            : List.of("2001:db8::1");
        for (var text : documentation) {
            var address = InetAddress.ofLiteral(text);
            if (holds(block, address)) return Optional.of(address);
        }
        for (int last = 1; last < 250; last++) {
            var bytes = block.cidr().network().getAddress();
            bytes[bytes.length - 1] |= (byte) last;
            var address = of(bytes);
            if (holds(block, address)) return Optional.of(address);
        }
        return holds(block, block.cidr().network()) ? Optional.of(block.cidr().network()) : Optional.empty();
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length is that of an address", e);
        }
    }

    static boolean contains(Peer.IpBlock block, InetAddress address) {
        return isIn(block.cidr(), address) && block.except().stream().noneMatch(e -> isIn(e, address));
    }

    private static boolean holds(Peer.IpBlock block, InetAddress address) {
        return contains(block, address) && !isIn(PODS, address);
    }

    private static boolean isIn(Cidr block, InetAddress address) {
        if (Family.of(block.network()) != Family.of(address)) return false;
        return Cidr.parse(address.getHostAddress() + "/" + block.prefixLength()).equals(block);
    }
}

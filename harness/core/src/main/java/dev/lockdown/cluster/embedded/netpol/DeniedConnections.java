package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.netpol.CompiledPolicies.Subject;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.cluster.embedded.nft.AddressRange;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of a connection whether its first packet would be denied now, without asking the kernel, which judges what comes and not what
/// stands.
final class DeniedConnections {
    private final View view;
    private final CompiledPolicies compiled;
    private final SelectorIndex selection;
    private final Map<InetAddress, PodAddresses> pods = new HashMap<>();

    DeniedConnections(View view, CompiledPolicies compiled) {
        this.view = view;
        this.compiled = compiled;
        this.selection = compiled.selection();
        for (var pod : selection.all()) for (var place : pod.places()) pods.put(place.address(), pod);
    }

    /// @param node whose kernel remembers the connection
    /// @param destination and port after any translation
    boolean include(String node, InetAddress source, InetAddress destination, Protocol protocol, int port) {
        var from = pods.get(source);
        var to = pods.get(destination);
        if (from != null && denies(Direction.EGRESS, from, destination, to, protocol, port)) return true;
        // What the node itself sends to its pods is free.
        boolean own = view.addresses().of(new Endpoint.Node(node)).contains(source);
        return to != null && !own && denies(Direction.INGRESS, to, source, to, protocol, port);
    }

    private boolean denies(Direction direction, PodAddresses subject, InetAddress peer, @Nullable PodAddresses destination,
            Protocol protocol, int port) {
        var grant = compiled.grants().get(new Subject(subject.name(), direction));
        if (grant == null) return false;
        for (NamespacedName name : grant.policies()) {
            var policy = compiled.policies().get(name);
            if (policy != null && allows(policy, direction, peer, destination, protocol, port)) return false;
        }
        return true;
    }

    private boolean allows(NetworkPolicy policy, Direction direction, InetAddress peer, @Nullable PodAddresses destination,
            Protocol protocol, int port) {
        for (var rule : policy.rules(direction)) {
            boolean ports = rule.ports().isEmpty() || rule.ports().stream().anyMatch(p -> matches(p, destination, protocol, port));
            boolean peers = rule.peers().isEmpty() || rule.peers().stream().anyMatch(p -> matches(p, policy, peer));
            if (ports && peers) return true;
        }
        return false;
    }

    private boolean matches(Peer peer, NetworkPolicy policy, InetAddress address) {
        return switch (peer) {
            case Peer.IpBlock block -> AddressRange.of(block).stream().anyMatch(r -> r.contains(address));
            case Peer.Pods selected -> pods.get(address) instanceof PodAddresses pod
                && selection.peers(policy.name().namespace(), selected).contains(pod);
        };
    }

    private static boolean matches(PolicyPort allowed, @Nullable PodAddresses destination, Protocol protocol, int port) {
        return switch (allowed) {
            case PolicyPort.Any(var of) -> of == protocol;
            case PolicyPort.Range(var of, int first, int last) -> of == protocol && first <= port && port <= last;
            case PolicyPort.Named(var of, var name) ->
                of == protocol && destination != null && destination.numbers(of, name).contains(port);
        };
    }
}

package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says by what an entry of a rule missed a flow.
final class NearMiss {
    // Whoever writes selectors meant a pod, and whoever writes a block meant a machine: the other kind is never the near miss.
    private static final int ANOTHER_KIND = 3;

    private NearMiss() {}

    static Reading peer(NetworkPolicy policy, RulePath path, Peer wanted, Party peer, Family family) {
        var miss = miss(policy, wanted, peer, family);
        return new Reading.Misses(policy.name(), path, miss.why, miss.distance);
    }

    /// The port missed, and perhaps the peer too.
    static Reading peerAndPort(NetworkPolicy policy, RulePath path, Peer wanted, Party peer, Family family, String port) {
        var miss = miss(policy, wanted, peer, family);
        if (miss.distance == 0) return new Reading.Misses(policy.name(), path, "peer matches; " + port, 1);
        return new Reading.Misses(policy.name(), path, miss.why + "; " + port, miss.distance + 1);
    }

    private static Miss miss(NetworkPolicy policy, Peer wanted, Party peer, Family family) {
        return switch (wanted) {
            case Peer.Pods pods when peer instanceof Party.Member member -> pods(policy.name().namespace(), pods, member);
            case Peer.Pods _ -> new Miss("%s is not a pod, and selectors match only pods".formatted(peer.label()), ANOTHER_KIND);
            case Peer.IpBlock block -> block(block, peer, family);
        };
    }

    private static Miss pods(String own, Peer.Pods wanted, Party.Member member) {
        var clauses = new ArrayList<String>();
        var namespaces = wanted.namespaceSelector();
        List<String> ofNamespace = new ArrayList<>();
        if (namespaces != null) Selectors.unmet(namespaces, member.namespaceLabels()).forEach(u -> ofNamespace.add("namespace " + u));
        else if (!own.equals(member.namespace()))
            ofNamespace.add("namespace %s, and a podSelector alone means the policy's own, %s".formatted(member.namespace(), own));
        var selector = wanted.podSelector();
        var ofPod = selector == null ? List.<String>of() : Selectors.unmet(selector, member.pod().labels());
        if (ofNamespace.isEmpty() && !ofPod.isEmpty()) clauses.add("namespace matches");
        clauses.addAll(ofNamespace);
        if (ofPod.isEmpty() && !ofNamespace.isEmpty() && selector != null) clauses.add("pod labels match");
        clauses.addAll(ofPod);
        return new Miss(String.join("; ", clauses), ofNamespace.size() + ofPod.size());
    }

    private static Miss block(Peer.IpBlock wanted, Party peer, Family family) {
        int distance = peer instanceof Party.Machine ? 1 : ANOTHER_KIND;
        var address = peer.place().address(family);
        if (!peer.place().known()) return new Miss("%s may be outside %s".formatted(peer.label(), wanted.cidr()), distance);
        if (address == null) return new Miss("%s has no %s address".formatted(peer.label(), family), distance);
        if (!Blocks.contains(wanted.cidr(), address))
            return new Miss("%s is outside %s".formatted(address.getHostAddress(), wanted.cidr()), distance);
        for (var except : wanted.except())
            if (Blocks.contains(except, address))
                return new Miss("%s is inside the except %s".formatted(address.getHostAddress(), except), distance);
        return new Miss("", 0);
    }

    /// @param destination the pod whose port names count, or null where the destination is not a pod
    static String port(Rule rule, Port port, @Nullable Pod destination) {
        var text = "%s is not among its ports %s".formatted(port, Ports.text(rule.ports()));
        for (var wanted : rule.ports())
            if (wanted instanceof PolicyPort.Named named) return text + " (%s)".formatted(named(named, destination));
        return text;
    }

    private static String named(PolicyPort.Named wanted, @Nullable Pod destination) {
        if (destination == null) return "only pods have named ports";
        for (var declared : destination.ports()) {
            if (!declared.name().equals(wanted.name())) continue;
            return "%s of %s is %s".formatted(wanted.name(), destination.name(), declared.port());
        }
        return "%s declares no port named %s".formatted(destination.name(), wanted.name());
    }

    private record Miss(String why, int distance) {}
}

package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.state.AddressText;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says by what an entry of a rule missed a flow.
final class NearMiss {
    // Whoever writes selectors means a pod, and whoever writes a block means a machine: the other kind is never the near miss.
    private static final int ANOTHER_KIND = 3;

    private NearMiss() {}

    /// The peer missed, and not the port.
    static Reading peer(NetworkPolicy policy, RulePath path, Peer wanted, FlowEnd peer, Family family) {
        return new Reading.Misses(policy.name(), path, () -> peerText(policy, wanted, peer, family),
            distance(policy, wanted, peer, family));
    }

    /// The port missed, and perhaps the peer too.
    static Reading peerAndPort(NetworkPolicy policy, RulePath path, Peer wanted, FlowEnd peer, Family family, Supplier<String> port) {
        int distance = distance(policy, wanted, peer, family);
        Supplier<String> text = distance == 0 ? () -> "peer matches; " + port.get()
            : () -> peerText(policy, wanted, peer, family) + "; " + port.get();
        return new Reading.Misses(policy.name(), path, text, distance + 1);
    }

    private static int distance(NetworkPolicy policy, Peer wanted, FlowEnd peer, Family family) {
        return switch (wanted) {
            case Peer.Pods pods when peer instanceof FlowEnd.Member m -> {
                int ofPod = pods.podSelector() == null ? 0 : Selectors.countUnmet(pods.podSelector(), m.pod().labels());
                if (pods.namespaceSelector() != null) yield ofPod + Selectors.countUnmet(pods.namespaceSelector(), m.namespaceLabels());
                yield policy.name().namespace().equals(m.namespace()) ? ofPod : ofPod + 1;
            }
            case Peer.Pods _ -> ANOTHER_KIND;
            case Peer.IpBlock block when peer.addresses().in(block, family) != EndAddresses.Fit.OUTSIDE -> 0;
            case Peer.IpBlock _ -> peer instanceof FlowEnd.Machine ? 1 : ANOTHER_KIND;
        };
    }

    private static String peerText(NetworkPolicy policy, Peer wanted, FlowEnd peer, Family family) {
        return switch (wanted) {
            case Peer.Pods pods when peer instanceof FlowEnd.Member member -> podText(policy.name().namespace(), pods, member);
            case Peer.Pods _ -> "%s is not a pod, and selectors match only pods".formatted(peer.label());
            case Peer.IpBlock block -> blockText(block, peer, family);
        };
    }

    private static String podText(String own, Peer.Pods wanted, FlowEnd.Member member) {
        var ofNamespace = namespaceText(own, wanted, member);
        var selector = wanted.podSelector();
        var ofPod = selector == null ? List.<String>of() : Selectors.unmet(selector, member.pod().labels());
        var clauses = new ArrayList<String>();
        if (ofNamespace.isEmpty()) clauses.add("namespace matches");
        clauses.addAll(ofNamespace);
        if (ofPod.isEmpty() && selector != null) clauses.add("pod labels match");
        clauses.addAll(ofPod);
        return String.join("; ", clauses);
    }

    private static List<String> namespaceText(String own, Peer.Pods wanted, FlowEnd.Member member) {
        var selector = wanted.namespaceSelector();
        if (selector != null) return Selectors.unmet(selector, member.namespaceLabels()).stream().map(u -> "namespace " + u).toList();
        if (own.equals(member.namespace())) return List.of();
        return List.of("namespace %s, and a podSelector alone means the policy's own, %s".formatted(member.namespace(), own));
    }

    private static String blockText(Peer.IpBlock wanted, FlowEnd peer, Family family) {
        var address = peer.addresses().address(family);
        if (address == null) return "%s has no %s address".formatted(peer.label(), family);
        for (var except : wanted.except())
            if (Blocks.contains(except, address)) return "%s is inside the except %s".formatted(AddressText.of(address), except);
        return "%s is outside %s".formatted(AddressText.of(address), wanted.cidr());
    }

    /// @param destination the pod whose port names count, or null where the destination is not a pod
    static String port(Rule rule, Port port, @Nullable Pod destination) {
        var text = "%s is not among its ports %s".formatted(port, RulePorts.text(rule.ports()));
        for (var wanted : rule.ports())
            if (wanted instanceof PolicyPort.Named named) return text + " (%s)".formatted(named(named, destination));
        return text;
    }

    private static String named(PolicyPort.Named wanted, @Nullable Pod destination) {
        if (destination == null) return "only pods have named ports";
        for (var declared : destination.ports())
            if (declared.name().equals(wanted.name()))
                return "%s of %s is %s".formatted(wanted.name(), destination.name(), declared.port());
        return "%s declares no port named %s".formatted(destination.name(), wanted.name());
    }
}
